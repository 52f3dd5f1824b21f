"""The outside world: an SMTP server that takes every mail, and remembers what it took."""

from collections import defaultdict
from email.message import EmailMessage
from pathlib import Path
from threading import Condition

from aiosmtpd.smtp import Envelope

from tests.servers.certificate import Certificate
from tests.servers.conversation import Reception
from tests.servers.courier import Courier
from tests.servers.dovecot import Dovecot
from tests.servers.ledger import Accepted, Ledger
from tests.servers.listener import Listener, Tls
from tests.servers.misbehaviour import Misbehaviour
from tests.servers.ports import LOOPBACK, free_port
from tests.servers.server import Server


class OutsideWorld(Server):
    """Every mail is on the disk before it is answered with 250. With a Dovecot, each recipient also gets it there.

    Order trouble at `misbehaviour`. With a `login` (user, password), nobody else may send; `certificate` is there
    with TLS.
    """

    def __init__(
        self,
        directory: Path,
        *,
        dovecot: Dovecot | None = None,
        tls: Tls | None = None,
        login: tuple[str, str] | None = None,
    ) -> None:
        self.host = LOOPBACK
        self.port = free_port()
        self.misbehaviour = Misbehaviour()
        self.certificate = Certificate(directory) if tls else None
        self._tls = tls
        self._login = login
        self._dovecot = dovecot
        self._ledger = Ledger(directory / "ledger")
        self._inboxes: dict[str, list[Accepted]] = defaultdict(list)
        self._changed = Condition()
        self._courier: Courier | None = None
        self._listener: Listener | None = None

    def start(self) -> None:
        self._courier = Courier(self._dovecot) if self._dovecot else None
        reception = Reception(self.misbehaviour, self._accept, self._login)
        self._listener = Listener(self.port, reception, self._tls, self.certificate)
        self._listener.start()

    def stop(self) -> None:
        if self._listener:
            self._listener.stop()
            self._listener = None
        if self._courier:
            self._courier.dismiss()
            self._courier = None

    def ledger(self) -> list[Accepted]:
        """Every mail that was ever accepted, as the file tells it."""
        return self._ledger.read()

    def inbox(self, address: str) -> list[EmailMessage]:
        """The mails to this recipient of the envelope, in the order they came."""
        with self._changed:
            return [accepted.mail for accepted in self._inboxes[address.lower()]]

    def wait_for(self, address: str, count: int = 1, timeout: float = 10) -> list[EmailMessage]:
        """The inbox, as soon as it holds so many mails."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._inboxes[address.lower()]) >= count, timeout):
                raise TimeoutError(f"Waited {timeout:g} seconds in vain for {count} mails to {address}.")
        return self.inbox(address)

    def wait_until_delivered(self, timeout: float = 30) -> None:
        """Return when Dovecot has every mail that was accepted."""
        if self._courier:
            self._courier.wait_until_idle(timeout)

    def _accept(self, envelope: Envelope) -> None:
        sender = "" if envelope.mail_from == "<>" else envelope.mail_from or ""
        accepted = self._ledger.write(sender, envelope.rcpt_tos, envelope.original_content or b"")
        with self._changed:
            for address in accepted.rcpt_tos:
                self._inboxes[address.lower()].append(accepted)
            self._changed.notify_all()
        if self._courier:
            self._courier.take(accepted)

"""Carries accepted mails into Dovecot."""

import logging
from queue import Queue
from smtplib import SMTPRecipientsRefused
from threading import Event, Thread

from tests.servers.dovecot import Dovecot
from tests.servers.ledger import Accepted
from tests.servers.ports import wait_until

log = logging.getLogger(__name__)


class Courier:
    """One after the other, in order. While Dovecot is down, mails wait."""

    def __init__(self, dovecot: Dovecot) -> None:
        self._dovecot = dovecot
        self._bag: Queue[Accepted | None] = Queue()
        self._dismissed = Event()
        self._thread = Thread(target=self._carry, name="courier", daemon=True)
        self._thread.start()

    def take(self, mail: Accepted) -> None:
        self._bag.put(mail)

    def wait_until_idle(self, timeout: float) -> None:
        wait_until(lambda: not self._bag.unfinished_tasks, timeout, "the courier to deliver every mail")

    def dismiss(self) -> None:
        """End, at once if Dovecot is down, else after the last mail."""
        self._dismissed.set()
        self._bag.put(None)
        self._thread.join()

    def _carry(self) -> None:
        while mail := self._bag.get():
            for address in mail.rcpt_tos:
                while not self._delivers(mail, address) and not self._dismissed.wait(0.05):
                    pass
            self._bag.task_done()

    def _delivers(self, mail: Accepted, address: str) -> bool:
        try:
            self._dovecot.deliver(address, mail.raw, sender=mail.mail_from)
        except SMTPRecipientsRefused as refused:
            log.warning("Dovecot does not take the mail: %s", refused)
        except OSError:
            return False
        return True

"""People outside, each with a mailbox of his own on a real server."""

from email import message_from_bytes
from email.message import EmailMessage

from tests.house import PATIENCE, SUPPORT
from tests.letters import letter
from tests.reading import AS_READ
from tests.servers.dovecot import Dovecot
from tests.servers.ports import wait_until


class Somebody:
    """Reads and answers his mail over IMAP and LMTP."""

    def __init__(self, address: str, dovecot: Dovecot) -> None:
        self.address = address
        self.dovecot = dovecot

    def mails(self) -> list[EmailMessage]:
        """What lies in his mailbox, oldest first."""
        return [message_from_bytes(raw, policy=AS_READ) for raw in self.dovecot.messages(self.address)]  # type: ignore[misc]

    def mail_that_says(self, words: str) -> EmailMessage:
        """The first mail with these words in it, as soon as it is there."""
        return wait_until(lambda: self._found(words), PATIENCE, f"{self.address} to get a mail that says: {words}")

    def _found(self, words: str) -> EmailMessage | None:
        return next((mail for mail in self.mails() if words in mail.get_content()), None)

    def writes(self, subject: str, text: str, **headers: str) -> None:
        """Mail the support address."""
        raw = letter(self.address, subject, text, to=SUPPORT, **headers).as_bytes()
        self.dovecot.deliver(SUPPORT, raw, sender=self.address)

    def replies(self, to: EmailMessage, text: str) -> None:
        """Answer a mail as his mail program would."""
        references = f"{to['References'] or ''} {to['Message-ID']}"
        self.writes(f"Re: {to['Subject']}", text, **{"In-Reply-To": to["Message-ID"], "References": references})

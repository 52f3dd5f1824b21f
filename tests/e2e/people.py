"""People outside, each with a mailbox of his own on a real server, and a browser."""

import re
import urllib.parse
import urllib.request
from email import message_from_bytes
from email.message import EmailMessage
from http.cookiejar import CookieJar

from tests.house import PATIENCE, SUPPORT
from tests.letters import letter
from tests.reading import AS_READ
from tests.servers.dovecot import Dovecot
from tests.servers.ports import wait_until

BEN = "ben@domain.tld"


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

    def mail_about(self, number: str, words: str) -> EmailMessage:
        """The same of one case, which its subject names."""
        what = f"{self.address} to get a mail about {number} that says: {words}"
        return wait_until(lambda: self._found(words, number), PATIENCE, what)

    def _found(self, words: str, number: str = "") -> EmailMessage | None:
        return next((mail for mail in self.mails() if words in mail.get_content() and number in mail["Subject"]), None)

    def writes(self, subject: str, text: str, **headers: str) -> None:
        """Mail the support address."""
        raw = letter(self.address, subject, text, to=SUPPORT, **headers).as_bytes()
        self.dovecot.deliver(SUPPORT, raw, sender=self.address)

    def replies(self, to: EmailMessage, text: str) -> None:
        """Answer a mail as his mail program would."""
        references = f"{to['References'] or ''} {to['Message-ID']}"
        self.writes(f"Re: {to['Subject']}", text, **{"In-Reply-To": to["Message-ID"], "References": references})


class Browser:
    """A browser without JavaScript. It keeps cookies, and fills in the form of the page it is on."""

    def __init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.address, self.page = "", ""

    def open(self, url: str, form: dict[str, str] | None = None) -> str:
        """Follow a link, or send a form there."""
        with self.opener.open(url, urllib.parse.urlencode(form).encode() if form else None) as answer:
            assert answer.status == 200
            self.address, self.page = answer.url, answer.read().decode()
        return self.page

    def submit(self, **values: str) -> str:
        """Fill in the first form on the page that asks for all of this, and press its button."""
        forms = re.findall(r"<form.*?</form>", self.page, re.DOTALL)
        form = next(one for one in forms if all(f'name="{name}"' in one for name in values))
        [action] = re.findall(r'<form method="post" action="([^"]+)"', form)
        hidden = dict(re.findall(r'<input id="\w+" name="(\w+)" type="hidden" value="([^"]*)"', form))
        assert "csrf_token" in hidden, self.page
        return self.open(urllib.parse.urljoin(self.address, action), {**hidden, **values})

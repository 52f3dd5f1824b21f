"""The one check that runs after every test: each mail names its one reader, and no mail to a customer shows anybody's
address but his own and ours.

It reads the decoded bytes of each mail that left, and knows nothing of how they were masked.
"""

import quopri
import re
import unicodedata
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import unquote

from sqlalchemy import select

from app.extensions import db
from app.mail.models import SandboxEmail
from app.people.models import Identity, IdentityKind, Person
from app.text import unescape

TAG = re.compile(r"<[^<>]*>")
ESCAPED = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[nrt])")
REWRITTEN = re.compile(r"-(?:25)*([2-7][0-9A-F])")
UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def decoded(raw: bytes) -> str:
    """Everything a reader, or his mail program, can see of a mail, or could make of it."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return "\n\n".join(reading for text in _texts(mail) for reading in _readings(text))


def _texts(mail: EmailMessage) -> Iterator[str]:
    """Headers, names of files with and without their endings, texts, pages with and without their tags."""
    for part in mail.walk():
        yield from (f"{name}: {value}" for name, value in part.items())
        words = (part.get_filename() or "").split(".")
        yield from (".".join(words[:count]) for count in range(1, len(words) + 1))
        if part.get_content_maintype() == "text" and not part.is_attachment():
            text = part.get_content()
            yield text
            if part.get_content_subtype() == "html":
                yield TAG.sub("", text)
                yield TAG.sub("\n\n", text)


def _readings(text: str) -> Iterator[str]:
    """The text, and what is left of it when all that looks like an encoding is undone."""
    seen = _plain(text)
    yield seen
    for _ in range(4):
        seen = _plain(unquote(unescape(seen)))
    yield seen
    yield re.sub(r" ?=?(?:\r\n?|[\n\v\f\x85\u2028\u2029])[ \t>|]*", "", seen)
    yield quopri.decodestring(seen.encode("utf-8", "replace")).decode("utf-8", "replace")
    yield ESCAPED.sub(lambda sign: chr(int(sign[1] or sign[2] or "0a", 16)), seen).replace("\u3002", ".")
    yield REWRITTEN.sub(lambda sign: chr(int(sign[1], 16)), seen)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", UNSEEN.sub("", text))


def leaked(raw: bytes, reader: str, known: Iterable[str]) -> list[str]:
    """The known addresses, other than the reader's, that stand whole in a mail."""
    text = decoded(raw).lower()
    others = [address.lower() for address in known if address.lower() != reader.lower()]
    return [one for one in others if one in text and _whole(one).search(text)]


def _whole(address: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9._+-])[._+-]{{0,9}}{re.escape(address)}(?![a-z0-9-]|\.[a-z0-9])")


def named_readers(raw: bytes) -> list[str]:
    """Whom a mail names as its readers, in any header that mail programs read as such."""
    mail = message_from_bytes(raw, policy=default)
    return [
        one.addr_spec.lower()
        for name in ("To", "Cc", "Bcc")
        for header in mail.get_all(name, [])
        for one in header.addresses
    ]


def check_for_leaks() -> None:
    """Look at every mail in the sandbox of this application."""
    check_mails(db.session.execute(select(SandboxEmail.address, SandboxEmail.content)))


def check_mails(mails: Iterable[tuple[str, bytes]]) -> None:
    """Look at mails that left, each with the recipient of its envelope; this application knows who is who."""
    mailed = Identity.kind == IdentityKind.EMAIL  # a name elsewhere may be any word, such as "0"
    rows = db.session.execute(select(Identity.key, Person.role).join(Person).where(mailed)).all()
    team = {address for address, role in rows if role != "customer"}
    known = [address for address, _ in rows]
    for recipient, raw in mails:
        assert named_readers(raw) == [recipient.lower()], f"a mail to {recipient} names other readers"
        if recipient.lower() not in team:
            assert leaked(raw, recipient, known) == [], f"a mail to {recipient} shows somebody else's address"

"""The one check that runs after every test: each mail names its one reader, and no mail to a customer shows anybody's
address but his own and ours.

It reads the decoded bytes of each mail that left, and knows nothing of how they were masked.
"""

import re
from collections.abc import Iterable
from email import message_from_bytes
from email.policy import default

from sqlalchemy import select

from app.extensions import db
from app.mail.models import SandboxEmail
from app.people.models import Identity, Person


def decoded(raw: bytes) -> str:
    """Everything a reader, or his mail program, can see of a mail."""
    mail = message_from_bytes(raw, policy=default)
    texts = [f"{name}: {value}" for part in mail.walk() for name, value in part.items()]
    texts += [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join(texts)


def leaked(raw: bytes, reader: str, known: Iterable[str]) -> list[str]:
    """The known addresses, other than the reader's, that stand whole in a mail."""
    text = decoded(raw).lower()
    others = [address.lower() for address in known if address.lower() != reader.lower()]
    return [one for one in others if re.search(rf"(?<![a-z0-9._+-]){re.escape(one)}(?![a-z0-9-]|\.[a-z0-9])", text)]


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
    rows = db.session.execute(select(Identity.key, Person.role).join(Person)).all()
    team = {address for address, role in rows if role != "customer"}
    known = [address for address, _ in rows]
    for recipient, raw in mails:
        assert named_readers(raw) == [recipient.lower()], f"a mail to {recipient} names other readers"
        if recipient.lower() not in team:
            assert leaked(raw, recipient, known) == [], f"a mail to {recipient} shows somebody else's address"

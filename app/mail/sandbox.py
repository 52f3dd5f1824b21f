"""Mail without any server: what is sent lies in a local store, and what is answered there enters as real mail does."""

import base64
import hmac
import mimetypes
from collections.abc import Iterable
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid

from sqlalchemy import func, select

from app.clock import now
from app.config import settings
from app.config.deployment import Deployment
from app.extensions import db
from app.mail.models import SandboxEmail
from app.mail.sending.composing.letter import POLICY
from app.mail.sending.delivering.outcomes import Handover, Letter, Sent
from app.people.addresses import clean_address, key_of
from app.transaction import transaction

PAGE = 100


def sandbox_secret(where: Deployment) -> str:
    """What opens the sandbox pages: in it everybody's mail can be read."""
    digest = hmac.digest(where.secret_key.encode(), b"sandbox", "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hand_over(letter: Letter) -> Handover:
    """Deliver into the store. A mail that is there already, from before a crash, is not stored again."""
    with transaction():
        known = db.session.scalar(select(SandboxEmail.id).where(SandboxEmail.message_id == letter.message_id))
        if known is None:
            db.session.add(
                SandboxEmail(address=key_of(letter.recipient), message_id=letter.message_id, content=letter.content)
            )
    return Sent("250 kept in the sandbox")


def mailbox_names() -> list[tuple[str, int]]:
    """Every address that got mail, with the number of its mails; the most recently used first."""
    query = (
        select(SandboxEmail.address, func.count())
        .group_by(SandboxEmail.address)
        .order_by(func.max(SandboxEmail.id).desc())
        .limit(PAGE)
    )
    return [(address, count) for address, count in db.session.execute(query)]


def mails_to(address: str) -> list[SandboxEmail]:
    """The latest mails in one sandbox mailbox, newest first."""
    query = (
        select(SandboxEmail).where(SandboxEmail.address == key_of(address)).order_by(SandboxEmail.id.desc()).limit(PAGE)
    )
    return list(db.session.scalars(query))


def quoted_below(text: str, mail: EmailMessage, quoted: str) -> str:
    """An answer as mail programs send it: the text, and below it the mail that it answers."""
    lines = "\n".join(f"> {line}".rstrip() for line in quoted.splitlines())
    written = mail["Date"].datetime.strftime("%a, %d %b %Y at %H:%M") if mail["Date"] else "some day"
    return f"{text.rstrip()}\n\nOn {written}, {mail['From']} wrote:\n\n{lines}\n"


def written_by(
    address: str,
    subject: str,
    body: str,
    *,
    answering: EmailMessage | None = None,
    files: Iterable[tuple[str, bytes]] = (),
) -> bytes:
    """A mail to the support address as this person's mail program would send it, as bytes."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = Address(addr_spec=clean_address(address, field="address"))
    mail["To"] = Address(addr_spec=settings().mail_address)
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = now()
    mail["Message-ID"] = make_msgid(domain=address.rpartition("@")[2])
    if answering is not None:
        theirs = str(answering["Message-ID"]).strip()
        mail["In-Reply-To"] = theirs
        mail["References"] = f"{answering.get('References', '')} {theirs}".strip()
    mail.set_content(body)
    for name, content in files:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        maintype, subtype = kind.split("/")
        mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return mail.as_bytes()

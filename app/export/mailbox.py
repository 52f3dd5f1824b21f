"""The messages of a case as a mailbox (mboxrd): each mail as it came, byte for byte; of other messages one is made.

In this format no line of a mail begins like the line between two mails, and what was changed for it can be undone.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import BinaryIO

from sqlalchemy import select

from app.cases.models import Case, Post, PostKind
from app.cases.queries import written
from app.errors import Invalid
from app.export.facts import address_of
from app.extensions import db
from app.mail.models import InboundEmail, RawEmail

AT_ONCE = 50
BEGINS = re.compile(rb"^(>*From )", re.M)
CHANGED = re.compile(rb"^>(>*From )", re.M)
LARGEST_MAIL = 60 * 1024 * 1024


def write_mailbox(out: BinaryIO, case: Case) -> int:
    """Every message of a case that anybody in it may see. Returns how many there are."""
    number, after = 0, 0
    while posts := _some(case, after):
        for post in posts:
            _write(out, address_of(post.author), post.created_at, _original(post) or _made(case, post))
        number, after = number + len(posts), posts[-1].id
    return number


def _some(case: Case, after: int) -> list[Post]:
    query = select(Post).where(*written(case), Post.kind == PostKind.MESSAGE, Post.id > after)
    return list(db.session.scalars(query.order_by(Post.id).limit(AT_ONCE)))


def _original(post: Post) -> bytes | None:
    """One at a time: a mail may be large."""
    query = select(RawEmail.content).join(InboundEmail, InboundEmail.sha256 == RawEmail.sha256)
    return db.session.scalar(query.where(InboundEmail.post_id == post.id))


def _made(case: Case, post: Post) -> bytes:
    """A message that did not come by mail, as a mail. Its files lie beside it."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(" ".join(post.author.name.split()), addr_spec=address_of(post.author))
    mail["Date"] = post.created_at
    mail["Subject"] = " ".join(case.subject.split())
    mail["Message-ID"] = f"<{post.uuid}@casey.invalid>"
    mail.set_content(post.body)
    if post.html:
        mail.add_alternative(post.html, subtype="html")
    return mail.as_bytes()


def _write(out: BinaryIO, sender: str, at: datetime, mail: bytes) -> None:
    out.write(f"From {sender} {at:%a %b %d %H:%M:%S %Y}\n".encode())
    out.write(BEGINS.sub(rb">\1", mail))
    out.write(b"\n" if mail.endswith(b"\n") else b"\n\n")


def mails_in(mailbox: BinaryIO) -> Iterator[bytes]:
    """Its mails one by one, each with a line break or two behind it. Raises Invalid for a large one."""
    lines: list[bytes] = []
    size = 0
    while line := mailbox.readline(LARGEST_MAIL):
        size += len(line)
        if size > LARGEST_MAIL:
            raise Invalid("A mail in messages.mbox is too large.")
        if line.startswith(b"From ") and (not lines or lines[-1].endswith(b"\n")):
            yield from _mail(lines)
            lines, size = [], 0
        lines.append(line)
    yield from _mail(lines)


def _mail(lines: list[bytes]) -> Iterator[bytes]:
    if lines:
        yield CHANGED.sub(rb"\1", b"".join(lines[1:]))

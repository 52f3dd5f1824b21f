"""A case as somebody in it may take it away: what was written as plain text, and the files, in one archive.

It holds what his page shows: no notes, and no addresses but his own.
"""

from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from sqlalchemy import select

from app.cases.downloads import shown_attachments
from app.cases.models import Case, Post
from app.cases.queries import public
from app.clock import now
from app.extensions import db
from app.files.archives import archived
from app.files.kept import Kept
from app.files.models import File
from app.files.storing import opening
from app.mail.conversation import conversation
from app.mail.sending.masking.mask import Mask
from app.people.models import Person
from app.people.zones import local
from app.translating import day_and_time, gettext

AT_ONCE = 100
IN_MEMORY = 1024 * 1024
TEXT = Kept("", 0)

Named = tuple[str, Kept]
Shown = dict[str, Any]


def own_archive(case: Case, reader: Person) -> Iterator[bytes]:
    """The archive, piece by piece. All rows are read before the first piece, so that it needs no database then."""
    files: list[Named] = []
    text = cast(BinaryIO, SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - the archive closes it
    mask = Mask(reader, case)
    _say(text, f"{gettext('Case %(reference)s') % {'reference': case.reference}}: {mask(case.subject)}")
    for posts in _posts(case):
        for post in posts:
            files += [(mask.file_name(one.name), _kept(one.file)) for one in shown_attachments(post, reader=reader)]
        for message in conversation(case, list(posts), reader=reader):
            _say(text, _told(message, reader))
    text.seek(0)
    store = opening()
    return archived([("case.txt", TEXT), *files], now(), lambda kept: text if kept is TEXT else store(kept))


def _posts(case: Case) -> Iterator[Sequence[Post]]:
    """Everything public, some at a time, in its order."""
    after = 0
    while posts := db.session.scalars(
        select(Post).where(*public(case), Post.id > after).order_by(Post.id).limit(AT_ONCE)
    ).all():
        yield posts
        after = posts[-1].id


def _kept(file: File) -> Kept:
    return Kept(file.sha256, file.size)


def _told(message: Shown, reader: Person) -> str:
    """One message: who wrote it when, what, and the names of its files."""
    lines = [f"{message['writer']}, {day_and_time(local(message['at'], reader))}", ""]
    lines += [piece.text for piece in message["pieces"]]
    return "\n".join([*lines, *(f"[{one['name']}]" for one in message["files"])])


def _say(out: BinaryIO, text: str) -> None:
    out.write(f"{text}\n\n{'-' * 72}\n\n".encode())

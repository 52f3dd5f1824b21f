"""Taking over a case that was exported as an archive, with the contents of its files and its mails."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, cast
from uuid import UUID

from sqlalchemy import select

from app.cases.imported_posts import moment
from app.cases.importing import import_case, imported_before
from app.cases.models import Post
from app.cases.queries import case_by_uuid, written
from app.clock import now
from app.export.archive import MAILS
from app.export.facts import Json
from app.export.mailbox import mails_in
from app.export.reading import Archive, archive_in
from app.extensions import db
from app.files.kept import Kept
from app.files.models import File
from app.files.storing import keep, open_file
from app.mail.intake.taking import Position, take_in
from app.mail.mailboxes import mailbox_named
from app.mail.models import Mailbox, Outcome
from app.people.models import Person

ARCHIVE = "archive"
SOURCE = "import"


def import_given(given: Json, *, by: Person | None) -> Json:
    """Take over a case; where ``archive`` names a content, with the files and mails that are in it."""
    if ARCHIVE not in given or imported_before(given["external_id"]):
        return import_case(given, by=by)
    with _archive(given[ARCHIVE]) as archive:
        result = import_case(given, by=by, contents=_contents(archive, given))
        return {**result, "mails": _restore_mails(archive, given, UUID(result["case"]))}


@contextmanager
def _archive(file_id: int) -> Iterator[Archive]:
    with open_file(db.session.get_one(File, file_id)) as content, archive_in(content) as archive:
        yield archive


def _contents(archive: Archive, given: Json) -> dict[str, Kept]:
    """The contents of those files that are in the archive, by SHA-256."""
    files = (one.get("file") for message in given["messages"] for one in message.get("attachments", ()))
    found = {}
    for name in dict.fromkeys(files):
        if name in archive.names:
            with archive.opened(name) as member:
                kept = keep(cast(BinaryIO, member))
                found[kept.sha256] = kept
    return found


def _restore_mails(archive: Archive, given: Json, uuid: UUID) -> int:
    """Keep the mails that messages were, byte for byte, so that answers to them find the case. Returns how many."""
    case = case_by_uuid(uuid)
    posts: Sequence[Post] = db.session.scalars(select(Post).where(*written(case)).order_by(Post.id)).all()
    pairs = zip(given["messages"], posts, strict=True)
    wanted = {told["mail"]["sha256"]: (told, post) for told, post in pairs if told.get("mail")}
    number, opening = len(wanted), posts[0].id if posts else None
    if wanted and MAILS in archive.names:
        with archive.opened(MAILS) as mailbox:
            for mail in mails_in(cast(BinaryIO, mailbox)):
                _restore(mail, wanted, opening)
    return number - len(wanted)


def _restore(mail: bytes, wanted: dict[str, tuple[Json, Post]], opening: int | None) -> None:
    """One that is wanted has one line break behind it; or two, when it did not end with one."""
    for raw in (mail[:-1], mail[:-2]):
        found = wanted.pop(hashlib.sha256(raw).hexdigest(), None)
        if found:
            told, post = found
            _take_in(raw, told, post, Outcome.OPENED if post.id == opening else Outcome.POSTED)


def _take_in(raw: bytes, told: Json, post: Post, outcome: Outcome) -> None:
    mailbox = mailbox_named(SOURCE)
    mailbox.last_uid = Mailbox.last_uid + 1
    db.session.flush()
    inbound = take_in(mailbox, Position("", 0, mailbox.last_uid), raw)
    inbound.sender, inbound.sender_name, inbound.subject = told["from"], post.author.name, post.case.subject
    inbound.case_id, inbound.post_id, inbound.person_id = post.case_id, post.id, post.author_id
    inbound.received_at = moment(told["mail"]["received_at"])
    inbound.outcome, inbound.decided_at = outcome, now()

"""Files that come before the post that they are for. Each is its sender's alone, until he uses it or a day is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.attachments import clean_name, clean_type
from app.cases.content import NewFile
from app.clock import now
from app.errors import Conflict, Invalid
from app.extensions import Base, db
from app.files.kept import Kept
from app.files.models import File
from app.files.pictures import note_picture
from app.files.storing import store
from app.people.models import Person

LIFETIME = timedelta(days=1)
BATCH = 100
MOST = 1000


class Upload(Base):
    """A file that is not in a post yet."""

    __tablename__ = "uploads"
    __table_args__ = (
        sa.Index("ix_uploads_person_id_id", "person_id", "id"),
        sa.Index("ix_uploads_created_at_id", "created_at", "id"),
        {"sqlite_autoincrement": True},  # a number is never given twice: it must not name what it did not name before
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"))
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("files.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(255))
    content_type: Mapped[str] = mapped_column(sa.String(255))
    created_at: Mapped[datetime] = mapped_column(default=now)

    file: Mapped[File] = relationship(lazy="joined", innerjoin=True)

    @property
    def expires_at(self) -> datetime:
        """Until when it waits."""
        return self.created_at + LIFETIME


def upload(new: NewFile, *, by: Person) -> Upload:
    """Keep a file for a post to come. Raises Conflict for whoever leaves too many of them lying."""
    if upload_count(by=by) >= MOST:
        raise Conflict(f"At most {MOST:,} files can wait for their posts; use or remove some of them first.")
    made = Upload(
        person_id=by.id,
        file=store(new.content),
        name=clean_name(new.name),
        content_type=clean_type(new.content_type),
    )
    note_picture(made.file, made.content_type)
    db.session.add(made)
    db.session.flush()
    return made


def uploads_of(person: Person, *, skip: int, limit: int) -> Sequence[Upload]:
    """The files of a person that wait, the latest first, without the first few."""
    query = select(Upload).where(*_present(person)).order_by(Upload.id.desc())
    return db.session.scalars(query.offset(skip).limit(limit)).all()


def upload_count(*, by: Person) -> int:
    """How many of his files wait."""
    return db.session.scalar(select(func.count()).select_from(Upload).where(*_present(by))) or 0


def uploads_with_ids(ids: Iterable[int], *, by: Person) -> dict[int, Upload]:
    """Those of his files with these ids that wait, by them."""
    query = select(Upload).where(Upload.id.in_(list(ids)), *_present(by))
    return {one.id: one for one in db.session.scalars(query)}


def uploads_numbered(ids: Iterable[int], *, by: Person, field: str = "attachment_file_ids") -> list[Upload]:
    """His files with these ids, in this order. Raises Invalid, naming the field, for one that is not his or is used."""
    wanted = list(dict.fromkeys(ids))
    found = uploads_with_ids(wanted, by=by) if wanted else {}
    for number in wanted:
        if number not in found:
            raise Invalid(f"There is no file {number} of yours, or it has been used.", field=field)
    return [found[number] for number in wanted]


def take_uploads(ids: Iterable[int], *, by: Person, field: str = "attachment_file_ids") -> tuple[NewFile, ...]:
    """The same as files for a post, whereupon they are used. Raises Invalid."""
    found = uploads_numbered(ids, by=by, field=field)
    files = tuple(NewFile(one.name, one.content_type, Kept(one.file.sha256, one.file.size)) for one in found)
    for one in found:
        db.session.delete(one)
    return files


def remove_upload(one: Upload) -> None:
    """Keep a file no longer."""
    _let_go([one])


def forget_old_uploads() -> int:
    """Let a batch of files go that nobody has used for a day. Returns how many."""
    query = select(Upload).where(Upload.created_at < now() - LIFETIME).order_by(Upload.created_at, Upload.id)
    found = db.session.scalars(query.limit(BATCH).with_for_update(of=Upload, skip_locked=True)).all()
    _let_go(found)
    return len(found)


def _let_go(found: Sequence[Upload]) -> None:
    contents = [one.file_id for one in found]
    for one in found:
        db.session.delete(one)
    db.session.execute(sa.update(File).where(File.id.in_(contents)).values(unused_at=now()))


def _present(person: Person) -> Sequence[sa.ColumnElement[bool]]:
    return [Upload.person_id == person.id, Upload.created_at >= now() - LIFETIME]

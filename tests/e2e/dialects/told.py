"""What every dialect can be asked of a case, and what it tells, in words that are no dialect's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from app.cases.models import Case, Post
from app.extensions import db
from tests.house import House

WEB = {"api": "web"}  # as all but the native one call it


@dataclass(frozen=True)
class Said:
    """A message or a note. ``id`` is that of its row."""

    id: int
    author: str
    text: str
    at: datetime
    sent_at: datetime


@dataclass(frozen=True)
class Told:
    """What a dialect tells of a case. Moments are told to the second.

    ``liked`` is a rating without its grade and words. ``reached`` is how far each message of the team got to its
    requester.
    """

    id: int
    number: str
    subject: str
    status: str
    channel: str
    requester: str
    assignee: str | None
    opened_at: datetime
    closed_at: datetime | None
    rating: tuple[str, str] | None
    liked: bool | None
    messages: list[Said]
    notes: list[Said]
    reached: list[str] | None


class Dialect(Protocol):
    """A team member who speaks one dialect. A case is called by its number."""

    def opens(self, customer: str, name: str, subject: str, text: str) -> str: ...

    def notes(self, number: str, text: str) -> None: ...

    def rates(self, number: str, score: str, comment: str) -> None: ...

    def closes(self, number: str) -> None: ...

    def reads(self, number: str) -> Told: ...

    def words_for(self, case: Told) -> Told:
        """What can be told of a case in this dialect, when this is all of it."""


def rows(house: House, number: str) -> dict[str, int]:
    """The ids of a case and of what was written in it, by the uuids that the native API shows in their place."""
    with house.inside():
        case = db.session.execute(select(Case.uuid, Case.id).where(Case.reference == number)).all()
        posts = db.session.execute(select(Post.uuid, Post.id).join(Case).where(Case.reference == number)).all()
        return {str(uuid): id for uuid, id in (*case, *posts)}


def id_of(house: House, number: str) -> int:
    """The id of a case, for whom its number is not shown."""
    with house.inside():
        return db.session.execute(select(Case.id).where(Case.reference == number)).scalar_one()


def number_of(house: House, id: int) -> str:
    """The other way round."""
    with house.inside():
        return db.session.get_one(Case, id).reference

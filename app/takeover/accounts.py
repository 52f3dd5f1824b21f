"""What is to be known of an account to understand its cases, and what all accounts say of them in the same way."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from app.cases.content import LONGEST_HTML
from app.cases.importing import import_case, imported_before
from app.clock import now
from app.errors import Invalid
from app.extensions import db
from app.files.kept import Kept
from app.mail.formatted import text_and_html
from app.people.models import Person, Team
from app.takeover.answers import Json
from app.takeover.models import local_id
from app.takeover.people import PERSON, TEAM
from app.takeover.source import Source

S = TypeVar("S", bound=Source)

NOTHING = "(no text)"
LONGEST_SUBJECT = 500


@dataclass(frozen=True)
class Fetched:
    """A case with what was written on it from the oldest on, and the contents of its files."""

    case: Json
    messages: list[Json]
    contents: dict[str, Kept]


class Account(ABC, Generic[S]):
    """An account from which cases are taken over."""

    def __init__(self, source: S, takeover_id: int) -> None:
        self.source, self.takeover_id = source, takeover_id

    @abstractmethod
    def number(self, row: Json) -> int:
        """Which case this is there."""

    @abstractmethod
    def fetch(self, row: Json) -> Fetched:
        """Everything of a case, before any transaction is opened."""

    @abstractmethod
    def describe(self, found: Fetched) -> Json:
        """A case as cases are described that are imported. Raises Invalid for what cannot be taken."""

    def take(self, found: Fetched) -> int:
        """Make the case here. Returns how many of its files could not be had. Raises Invalid as ``describe`` does."""
        result = import_case(self.describe(found), by=None, contents=found.contents)
        return int(result.get("missing_files", 0))

    def id_of(self, row: Json) -> str:
        """What a case is called here."""
        return f"{self.source.url}#{self.number(row)}"

    def known(self, row: Json) -> bool:
        """Whether the case is here already."""
        return imported_before(self.id_of(row)) is not None

    def contents(self, files: Iterable[Json], url: str) -> dict[str, Kept]:
        """What is in these files, whose addresses have this name; each file is told what its content is known by."""
        found: dict[str, Kept] = {}
        for file in files:
            content = self.source.file(file[url])
            if content is not None:
                file["sha256"] = content.sha256
                found[content.sha256] = content
        return found

    def person(self, number: int) -> str:
        """Whoever this is there, as a description names him here. Raises Invalid for who was not taken over."""
        local = local_id(self.takeover_id, PERSON, int(number))
        person = db.session.get(Person, local) if local else None
        if person is None:
            raise Invalid(f"It names the person {number}, who is not in the account any more.")
        return str(person.uuid)

    def team(self, number: int | None) -> str | None:
        """The name that a team has here, unless it is gone."""
        local = local_id(self.takeover_id, TEAM, int(number)) if number else None
        team = db.session.get(Team, local) if local else None
        return team.name if team and not team.deleted_at else None


def readable(text: str | None, html: str | None) -> tuple[str, str | None]:
    """The text, or what can be read of the HTML; where neither is of any use, that there is none."""
    try:
        text, safe = text_and_html(text or None, html if html and len(html) <= LONGEST_HTML else None)
    except Invalid:
        return NOTHING, None
    return (text if text.strip() else NOTHING), safe


def moment(found: datetime) -> str:
    """A moment as descriptions have it: none that is still to come."""
    return min(found, now()).isoformat()

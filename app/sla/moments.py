"""What counts of what happens to a case: how it stands then, and what was said."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from app.cases.models import Case, Status
from app.cases.statuses import custom_status_of


class Said(Enum):
    """Who has spoken publicly. Whose case it is asks, also when he is of the team; what robots write is nothing."""

    QUESTION = auto()
    ANSWER = auto()


@dataclass(frozen=True)
class Standing:
    """Where a case stands, as far as that counts."""

    status: Status = Status.NEW
    resting: bool = False
    spam: bool = False
    trashed: bool = False
    merged: bool = False

    @property
    def discarded(self) -> bool:
        return self.spam or self.trashed


@dataclass(frozen=True)
class Moment:
    """Something that happened. ``answered`` says whether the team had spoken before."""

    at: datetime
    standing: Standing
    said: Said | None = None
    opening: bool = False
    answered: bool = False


def said_by(*, team: bool, author_id: int | None, case: Case) -> Said:
    """What a message of this author is."""
    return Said.ANSWER if team and author_id != case.requester_id else Said.QUESTION


def standing_of(case: Case) -> Standing:
    """Where the case stands now."""
    custom = custom_status_of(case)
    return Standing(
        status=case.status,
        resting=custom is not None and not custom.sla_active,
        spam=case.spam_at is not None,
        trashed=case.trashed_at is not None,
        merged=case.merged_into is not None,
    )

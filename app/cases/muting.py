"""Sparing a participant the mail of a case, in which he stays."""

from app.cases.models import Case, Participant
from app.clock import now
from app.errors import NotFound
from app.events import record
from app.people.models import Person


def mute_participant(case: Case, person: Person, *, by: Person | None) -> None:
    """Mail a person nothing that is written from now on. Raises NotFound for somebody who is not in the case."""
    participant = _participant(case, person)
    if participant.muted_at is None:
        participant.muted_at = now()
        record(case, "participant_muted", by=by, new=person.id)


def unmute_participant(case: Case, person: Person, *, by: Person | None) -> None:
    """Mail a person again what is written. Raises NotFound for somebody who is not in the case."""
    participant = _participant(case, person)
    if participant.muted_at is not None:
        participant.muted_at = None
        record(case, "participant_unmuted", by=by, old=person.id)


def muted(case: Case, person: Person) -> bool:
    """Whether this person is mailed nothing of the case."""
    return any(one.person_id == person.id and one.muted_at is not None for one in case.participants)


def _participant(case: Case, person: Person) -> Participant:
    found = [one for one in case.participants if one.person_id == person.id and one.removed_at is None]
    if not found:
        raise NotFound("This person is not in the case.")
    return found[0]

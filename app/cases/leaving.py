"""Taking somebody out of a case."""

import sqlalchemy as sa

from app.cases.assignment import assign_case
from app.cases.links import revoke_links
from app.cases.models import Case, Participant
from app.cases.participation import alias_of
from app.clock import now
from app.errors import NotFound
from app.events import Event, record
from app.extensions import db
from app.people.models import Person


def remove_participant(case: Case, person: Person, *, by: Person | None, mistaken: bool = False) -> None:
    """Take a person out of a case: his links and tokens are dead, he gets none of its mail, nor answers for it.

    ``mistaken`` is noted of one who never should have been in it. Who was taken out already stays so. Raises NotFound
    for somebody who never was in it.
    """
    found = [one for one in case.participants if one.person_id == person.id]
    if not found:
        raise NotFound("This person is not in the case.")
    if found[0].removed_at is None:
        _take_out(case, found[0], by=by, mistaken=mistaken)


def leave_case(case: Case, person: Person) -> None:
    """Let a person out of a case by his own wish, also one who was only asked to take it up."""
    if all(one.person_id != person.id for one in case.participants):
        asked = Participant(person=person, person_id=person.id, alias=alias_of(person))
        case.participants.append(asked)
        _take_out(case, asked, by=person)
    else:
        remove_participant(case, person, by=person)


def disown_case(case: Case, person: Person) -> None:
    """Let a person out of a case that came to him by mistake, which the team can read in what happened to it."""
    remove_participant(case, person, by=person, mistaken=True)


def mistaken_persons(case: Case) -> list[Person]:
    """Those who said that the case is not theirs, and were not let in again."""
    gone = [one.person for one in case.participants if one.removed_at is not None]
    if not gone:
        return []
    removals = sa.select(Event.old, Event.details).where(Event.case_id == case.id, Event.name == "participant_removed")
    latest = {event.old: event.details for event in db.session.execute(removals.order_by(Event.sequence))}
    return [one for one in gone if latest.get(one.id, {}).get("mistaken")]


def has_left(case: Case, person: Person) -> bool:
    """Whether this person was in the case and is no more."""
    return any(one.person_id == person.id and one.removed_at is not None for one in case.participants)


def _take_out(case: Case, participant: Participant, *, by: Person | None, mistaken: bool = False) -> None:
    participant.removed_at = now()
    revoke_links(case, participant.person)
    if case.assignee_id == participant.person_id:
        assign_case(case, None, by=by)
    record(case, "participant_removed", by=by, old=participant.person_id, **({"mistaken": True} if mistaken else {}))

"""Who is in a case: joining it, and who counts as in it."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.cases.models import Case, Participant
from app.config import settings
from app.errors import Conflict
from app.events import record
from app.extensions import db
from app.listing.filters import Condition
from app.people.models import Person, Role
from app.people.nameless import nameless

PLACEHOLDER = re.compile("%(firstname|name)%")
LONGEST = 200
NAMELESS = "Participant"


def alias_of(person: Person) -> str:
    """The name under which the others see a person: team members by the configured format, others by their own.

    Of a member the format says his alias, if he has one, in place of his name. Whoever has told us no name is called
    after his address, of which the others must see nothing.
    """
    name = " ".join(person.name.split())
    if not person.team:
        return NAMELESS if nameless(person) else name
    name, first = person.alias or name, person.alias or name.partition(" ")[0]
    words = {"firstname": first, "name": name}
    alias = PLACEHOLDER.sub(lambda match: words[match[1]], settings().mail_team_alias)
    return alias.strip()[:LONGEST] or first


def active_participants(case: Case) -> list[Participant]:
    """Those in the case who have not been removed and may still be written to."""
    return [one for one in case.participants if one.removed_at is None and one.person.active]


def further_customers(cases: Sequence[Case]) -> dict[int, list[Person]]:
    """Customers in each case beside whose case it is, by the id of the case, for all cases at once."""
    query = (
        select(Participant)
        .join(Participant.case)
        .join(Participant.person)
        .options(contains_eager(Participant.person))
        .where(Participant.case_id.in_([one.id for one in cases]), Participant.removed_at.is_(None))
        .where(Participant.person_id != Case.requester_id, Person.role == Role.CUSTOMER)
        .order_by(Participant.id)
    )
    found: dict[int, list[Person]] = {one.id: [] for one in cases}
    for one in db.session.scalars(query):
        if one.person.active:
            found[one.case_id].append(one.person)
    return found


def being_in(case: Case, *, but: Sequence[int] = ()) -> Condition:
    """Which persons are in a case now, without some."""
    inside = select(Participant.person_id).where(Participant.case_id == case.id, Participant.removed_at.is_(None))
    return Person.id.in_(inside.where(Participant.person_id.not_in(but)))


def participates(case: Case, person: Person) -> bool:
    """Whether this person is in the case now."""
    return any(one.person_id == person.id for one in active_participants(case))


def team_has_joined(case: Case) -> bool:
    """Whether anybody of the team has taken the case up. Whose own case it is does not count, team or not."""
    return any(one.person.team and one.person_id != case.requester_id for one in active_participants(case))


def join_case(case: Case, person: Person) -> Participant:
    """Put a person into a case by his own act. Who is in it already stays as he is; who was removed is let in again."""
    return _join(case, person, by=person)


def add_participant(case: Case, person: Person, *, by: Person | None) -> Participant:
    """Let somebody else into a case. He gets what is written from now on, and nothing of what was written before.

    Raises Conflict for somebody who is disabled or blocked.
    """
    if not person.active:
        raise Conflict(f"{person.name} is disabled or blocked.", field="email")
    return _join(case, person, by=by)


def _join(case: Case, person: Person, *, by: Person | None) -> Participant:
    for one in case.participants:
        if one.person_id == person.id:
            if one.removed_at is not None:
                one.removed_at = None
                record(case, "participant_joined", by=by, new=person.id)
            return one
    participant = Participant(person=person, person_id=person.id, alias=alias_of(person))
    case.participants.append(participant)
    record(case, "participant_joined", by=by, new=person.id)
    return participant

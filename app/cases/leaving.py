"""Taking somebody out of a case."""

from app.cases.links import revoke_links
from app.cases.models import Case
from app.clock import now
from app.errors import NotFound
from app.events import record
from app.people.models import Person


def remove_participant(case: Case, person: Person, *, by: Person | None) -> None:
    """Take a person out of a case: his links and tokens are dead, and he gets none of its mail.

    Who was taken out already stays so. Raises NotFound for somebody who never was in it.
    """
    found = [one for one in case.participants if one.person_id == person.id]
    if not found:
        raise NotFound("This person is not in the case.")
    if found[0].removed_at is None:
        found[0].removed_at = now()
        revoke_links(case, person)
        record(case, "participant_removed", by=by, old=person.id)

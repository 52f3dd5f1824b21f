"""The one note that is kept of a person or an organization: what the team must know, and nobody else."""

from app.errors import Invalid
from app.people.models import Organization, Person
from app.people.organizations import change_organization
from app.people.profile import LONGEST_NOTE, describe_person

Noted = Person | Organization


def keep_note(of: Noted, text: str, *, by: Person | None) -> None:
    """Have just this noted; an empty text is no note. Raises Invalid for one that is too long."""
    if len(text) > LONGEST_NOTE:
        raise Invalid(f"All that is noted together must be at most {LONGEST_NOTE:,} characters long.", field="note")
    if isinstance(of, Person):
        describe_person(of, {"note": text}, by=by)
    else:
        change_organization(of, {"note": text}, by=by)


def add_to_note(of: Noted, text: str, *, by: Person | None) -> None:
    """Have this noted below what is noted already. Raises Invalid when it becomes too long."""
    keep_note(of, f"{of.note}\n\n{text}".strip(), by=by)

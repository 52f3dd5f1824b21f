"""Who may make or change whom: nobody a person above his own role, and nobody shuts himself out."""

from app.api.auth import caller
from app.errors import Conflict, Forbidden
from app.people.models import Person, Role


def check_rank(role: Role) -> None:
    """Raises Forbidden for a role above that of the key that asks."""
    mine = caller().power
    if role.rank > mine.rank:
        raise Forbidden(f"A key with the role {mine} cannot give the role {role}.", field="role")


def check_somebody_else(person: Person, verb: str, *, field: str | None = None) -> None:
    """Raises Conflict for the person whose key asks."""
    by = caller().person
    if by is not None and by.id == person.id:
        raise Conflict(f"Nobody can {verb} himself with a key of his own.", field=field)

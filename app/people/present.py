"""Who those are now whom something names by an id of long ago, and where each can be written to."""

from collections.abc import Iterable, Mapping
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased, joinedload

from app.extensions import db
from app.people.models import Identity, IdentityKind, Person


def present_each(ids: Iterable[int | None]) -> Mapping[int, Person]:
    """Who is behind each of these ids and where he is reached, in one question.

    Whoever went up in somebody else is him.
    """
    wanted = {one for one in ids if one is not None}
    found = db.session.execute(_present_each(), {"ids": [*wanted]}) if wanted else None
    return dict(iter(found.unique())) if found else {}


@cache
def _present_each() -> Select[int, Person]:
    """Put together once, since every page of a list asks for it."""
    was = aliased(Person)
    query = select(was.id, Person).join(Person, Person.id == func.coalesce(was.merged_into_id, was.id))
    return query.where(was.id.in_(bindparam("ids", expanding=True))).options(joinedload(Person.identities))


def first_choice(person: Person) -> Identity | None:
    """Where he can be written to: a mail address before anything else, if he has one."""

    def place(one: Identity) -> tuple[bool, bool, int]:
        return one.kind is not IdentityKind.EMAIL, not one.primary, one.id

    return min(person.identities, key=place, default=None)

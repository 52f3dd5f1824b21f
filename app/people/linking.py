"""Persons who belong together, such as one who writes from two accounts: each stays what he is, and so do his cases."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.errors import Conflict
from app.events import record
from app.extensions import Base, db
from app.people.models import Person

MOST_LINKED = 100


class PersonLink(Base):
    """That a person is linked with another one. There is one each way, so that either finds the other."""

    __tablename__ = "person_links"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"), primary_key=True)
    linked_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"), primary_key=True, index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


def link_persons(person: Person, other: Person, *, by: Person | None) -> None:
    """Say that two persons belong together. Who are linked already stay so.

    Raises Conflict for the same person, for a customer and one of the team, and for one with too many.
    """
    if person.id == other.id:
        raise Conflict("Nobody is linked with himself.")
    if person.team is not other.team:
        raise Conflict("A customer and a member of the team are not linked.")
    if other in linked_with(person):
        return
    for one in (person, other):
        if len(linked_with(one)) >= MOST_LINKED:
            raise Conflict(f"{one.name} is linked with {MOST_LINKED} others already, which is the most.")
    db.session.add_all(PersonLink(person_id=one.id, linked_id=to.id) for one, to in _both(person, other))
    db.session.flush()
    record(person, "persons_linked", by=by, new=str(other.uuid))


def unlink_persons(person: Person, other: Person, *, by: Person | None) -> None:
    """Say that two persons do not belong together. Who are not linked stay so."""
    if other in linked_with(person):
        pairs = [(one.id, to.id) for one, to in _both(person, other)]
        here = sa.tuple_(PersonLink.person_id, PersonLink.linked_id).in_(pairs)
        db.session.execute(sa.delete(PersonLink).where(here))
        record(person, "persons_unlinked", by=by, old=str(other.uuid))


def _both(person: Person, other: Person) -> Sequence[tuple[Person, Person]]:
    return (person, other), (other, person)


def linked_with(person: Person) -> list[Person]:
    """Everybody he is linked with, in the order of their ids."""
    return list(linked_with_each([person.id])[person.id])


def linked_with_each(ids: Collection[int]) -> Mapping[int, Sequence[Person]]:
    """The same of several persons, by their ids, in one query."""
    query = select(PersonLink.person_id, Person).join(Person, Person.id == PersonLink.linked_id)
    found: dict[int, list[Person]] = {id: [] for id in ids}
    for id, person in db.session.execute(query.where(PersonLink.person_id.in_(ids)).order_by(Person.id)):
        found[id].append(person)
    return found


def forget_links(ids: Collection[int]) -> None:
    """Let these persons, who are one, be linked with nobody."""
    theirs = sa.or_(PersonLink.person_id.in_(ids), PersonLink.linked_id.in_(ids))
    db.session.execute(sa.delete(PersonLink).where(theirs), execution_options={"synchronize_session": False})

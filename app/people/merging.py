"""Two persons who are one: what belongs to the one becomes the other's, and every id of his answers as the other."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.clock import now
from app.errors import Conflict
from app.events import record
from app.extensions import db
from app.people.credentials import ApiKey
from app.people.linking import PersonLink
from app.people.models import Identity, Person, Role, TeamMember

Column = InstrumentedAttribute[Any]

MOVED: tuple[Column, ...] = (Identity.person_id, ApiKey.person_id, Person.merged_into_id)
ONCE_IN_A_TEAM: tuple[Column, Column] = (TeamMember.person_id, TeamMember.team_id)
ONCE_LINKED: tuple[tuple[Column, Column], ...] = (
    (PersonLink.person_id, PersonLink.linked_id),
    (PersonLink.linked_id, PersonLink.person_id),
)


def merge_persons(person: Person, into: Person, *, by: Person | None) -> None:
    """Let a person go up in another one, who keeps his own name, role and all else that is said of him.

    Raises Conflict for the same person, for a customer and one of the team, and when one of them may no longer act.
    """
    _lock(person, into)
    _check_may_merge(person, into)
    _bound_keys(person)
    _hand_over_all(person.id, into.id)
    person.deleted_at, person.merged_into = now(), into
    _pass_on(person, into)
    record(into, "persons_merged", by=by, old=str(person.uuid), new=str(into.uuid), person=person.id)
    db.session.flush()
    db.session.expire_all()


def _lock(*persons: Person) -> None:
    """Nobody else changes them before this transaction ends, but others may still name them in new rows.

    Always in the same order, so that nobody waits forever.
    """
    for person in sorted(persons, key=lambda one: one.id):
        db.session.refresh(person, with_for_update={"of": Person, "key_share": True})


def _check_may_merge(person: Person, into: Person) -> None:
    if person.id == into.id or person.merged_into_id == into.id:
        raise Conflict("This is the same person already.")
    if person.team is not into.team:
        raise Conflict("A customer and a member of the team are not merged; change the role of one of them first.")
    for one in (person, into):
        if not one.active:  # else his keys and links would come to life again
            raise Conflict(f"{one.name} is disabled, blocked or gone, and cannot be merged as he is.")


def _bound_keys(person: Person) -> None:
    """His own role bounds his keys no longer when they are another's; let none of them gain by that."""
    above = [role for role in Role if role.rank > person.role.rank]
    mine = sa.update(ApiKey).where(ApiKey.person_id == person.id, ApiKey.role.in_(above))
    db.session.execute(mine.values(role=person.role))


def _hand_over_all(person_id: int, into_id: int) -> None:
    db.session.flush()
    db.session.execute(sa.update(Identity).where(Identity.person_id == person_id).values(primary=False))
    for column in MOVED:
        hand_over(column, person_id, into_id)
    hand_over_once(*ONCE_IN_A_TEAM, person_id, into_id)
    _unlink(person_id, into_id)
    for column, other in ONCE_LINKED:
        hand_over_once(column, other, person_id, into_id)


def _unlink(*ids: int) -> None:
    """Who are one are not linked with each other."""
    between = sa.delete(PersonLink).where(PersonLink.person_id.in_(ids), PersonLink.linked_id.in_(ids))
    db.session.execute(between, execution_options={"synchronize_session": False})


def _pass_on(person: Person, into: Person) -> None:
    """What the other has none of goes along; the id in the integrator's system is unique, so it is freed first."""
    external_id, person.external_id = person.external_id, None
    db.session.flush()
    into.external_id = into.external_id or external_id
    into.organization_id = into.organization_id or person.organization_id
    into.last_contact_at = max(filter(None, (into.last_contact_at, person.last_contact_at)), default=None)


def hand_over(column: Column, person_id: int, into_id: int, *only: sa.ColumnElement[bool]) -> None:
    """Let every row that names one person name the other, in one statement."""
    change = sa.update(column.class_).where(column == person_id, *only).values({column.key: into_id})
    db.session.execute(change, execution_options={"synchronize_session": False})


def hand_over_once(column: Column, within: Column, person_id: int, into_id: int, *only: sa.ColumnElement[bool]) -> None:
    """The same where a person stands once only within a thing: where the other stands already, only his own stays."""
    there = select(within).where(column == into_id, *only)
    twice = sa.delete(column.class_).where(column == person_id, within.in_(there), *only)
    db.session.execute(twice, execution_options={"synchronize_session": False})
    hand_over(column, person_id, into_id, *only)


def ids_of(person: Person) -> set[int]:
    """His id, and those of all who went up in him."""
    return {person.id, *db.session.scalars(select(Person.id).where(Person.merged_into_id == person.id))}


def present_id(person_id: int) -> int:
    """The id of whoever this person is now."""
    return db.session.scalar(select(Person.merged_into_id).where(Person.id == person_id)) or person_id


def present_ids(person_ids: Collection[int]) -> set[int]:
    """The same of several persons."""
    query = select(func.coalesce(Person.merged_into_id, Person.id)).where(Person.id.in_(person_ids))
    return set(db.session.scalars(query))

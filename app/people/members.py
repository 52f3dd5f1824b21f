"""The members of the team: finding them, and letting one of them go for good."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import lazyload

from app.clock import now
from app.errors import NotFound
from app.events import record
from app.extensions import db
from app.listing.numbered import Counted, Numbered, counted
from app.people.credentials import ApiKey
from app.people.models import TEAM_ROLES, Identity, IdentityKind, Person, TeamMember
from app.people.persons import disable_person

MOST_CHOSEN = 500
ADDRESSLESS = lazyload(Person.identities)  # nobody is written to


def members_page(page: Numbered) -> Counted[Person]:
    """Members in the order of their ids, those who are disabled too."""
    return counted(select(Person).where(*_present()).order_by(Person.id), page)


def member_by_id(number: int) -> Person:
    """The member with this id. Raises NotFound, for a customer too."""
    person = db.session.scalar(select(Person).where(Person.id == number, *_present()))
    if person is None:
        raise NotFound("There is nobody of the team with this id.")
    return person


def _present() -> tuple[sa.ColumnElement[bool], ...]:
    return Person.role.in_(TEAM_ROLES), Person.deleted_at.is_(None)


def dismiss_member(person: Person, *, by: Person | None) -> None:
    """Let somebody of the team go for good: he can do nothing any more, and belongs to no team.

    What he wrote stays his. So do his e-mail addresses, which customers must not see in it, until somebody else comes
    with one of them.
    """
    disable_person(person, by=by)
    person.deleted_at = now()
    for change in (
        sa.update(ApiKey).where(ApiKey.person_id == person.id, ApiKey.revoked_at.is_(None)).values(revoked_at=now()),
        sa.delete(TeamMember).where(TeamMember.person_id == person.id),
        sa.delete(Identity).where(Identity.person_id == person.id, Identity.kind != IdentityKind.EMAIL),
    ):
        db.session.execute(change)
    record(person, "member_dismissed", by=by)


def active_members() -> Sequence[Person]:
    """Whoever of the team may act, by name: those that can be chosen from."""
    query = select(Person).where(*_present(), Person.disabled_at.is_(None), Person.blocked_at.is_(None))
    return db.session.scalars(query.order_by(Person.name, Person.id).limit(MOST_CHOSEN).options(ADDRESSLESS)).all()

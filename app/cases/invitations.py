"""Inviting the team to a new case, and reminding whoever has not answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case, Participant, State, Status
from app.cases.participation import team_has_joined
from app.clock import now
from app.config import settings
from app.events import record
from app.extensions import Base, db
from app.people.models import Person, Role

BATCH = 100


class Invitation(Base):
    """That a team member was asked to take up a case. ``remind_at`` is empty once nothing is left to be done."""

    __tablename__ = "invitations"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "person_id"),
        sa.Index("ix_invitations_person_id_case_id", "person_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    remind_at: Mapped[datetime | None] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


def invite_next(case: Case) -> list[Invitation]:
    """Ask the next teamInviteCount members who have not been asked; those with the fewest open cases first."""
    count = settings().team_invite_count
    query = (
        select(Person)
        .where(Person.role != Role.CUSTOMER, Person.id.not_in(_asked(case)), Person.id != case.creator_id)
        .where(Person.disabled_at.is_(None), Person.blocked_at.is_(None), Person.deleted_at.is_(None))
        .order_by(_burden(), Person.id)
    )
    members = db.session.scalars(query.limit(count) if count else query).all()
    return [_invite(case, person) for person in members]


def _asked(case: Case) -> sa.Select[int]:
    return select(Invitation.person_id).where(Invitation.case_id == case.id)


def _burden() -> sa.ScalarSelect[int]:
    """How many cases that are not done a person is in, or has been asked to take up."""
    involved = sa.union(
        select(Participant.case_id).where(Participant.person_id == Person.id).correlate(Person),
        select(Invitation.case_id)
        .where(Invitation.person_id == Person.id, Invitation.remind_at.is_not(None))
        .correlate(Person),
    ).subquery()
    undone = [Status.NEW, Status.OPEN, Status.WAITING]
    return (
        select(func.count())
        .select_from(Case)
        .where(Case.id.in_(select(involved)), Case.status.in_(undone))
        .scalar_subquery()
    )


def _invite(case: Case, person: Person) -> Invitation:
    invitation = Invitation(case=case, person=person, remind_at=now() + settings().team_invite_reminder)
    db.session.add(invitation)
    record(case, "team_member_invited", by=None, new=person.id)
    return invitation


def invited(case: Case) -> Sequence[Invitation]:
    """Who has been asked to take up the case."""
    return db.session.scalars(select(Invitation).where(Invitation.case_id == case.id).order_by(Invitation.id)).all()


def settle_invitations(case: Case) -> None:
    """Nobody needs to be reminded any more."""
    db.session.execute(
        sa.update(Invitation)
        .where(Invitation.case_id == case.id, Invitation.remind_at.is_not(None))
        .values(remind_at=None)
        .execution_options(synchronize_session="fetch")
    )


def remind_team() -> int:
    """Remind, once, those whose time has come, and ask the next ones; at most one batch. Says how many.

    As soon as somebody of the team has taken the case up, or it is no longer open, nobody is reminded of it.
    """
    due = db.session.scalars(
        select(Invitation)
        .where(Invitation.remind_at <= now())
        .order_by(Invitation.remind_at)
        .limit(BATCH)
        .with_for_update(of=Invitation, skip_locked=True)
    ).all()
    lapsed: dict[int, Case] = {}
    for invitation in due:
        invitation.remind_at = None
        case = invitation.case
        if case.state is not State.ACTIVE or case.closed or team_has_joined(case):
            continue
        lapsed[case.id] = case
        if invitation.person.active:
            invitation.reminded_at = now()
            record(case, "team_member_reminded", by=None, new=invitation.person_id)
    for case in lapsed.values():
        invite_next(case)
    return len(due)

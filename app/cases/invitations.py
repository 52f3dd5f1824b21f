"""Inviting the team to a new case, and reminding whoever has not answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import UNDONE, Case, Participant, Post, PostKind, State
from app.cases.participation import team_has_joined
from app.cases.queries import locked
from app.cases.snoozing import awake, snoozed
from app.clock import now
from app.config import settings
from app.events import Event, record
from app.extensions import Base, db
from app.people.models import TEAM_ROLES, MailTopic, Person
from app.people.wishes import wants, willing

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


def _available() -> Sequence[sa.ColumnElement[bool]]:
    """Whoever may be asked to take cases up."""
    active = [Person.disabled_at.is_(None), Person.blocked_at.is_(None), Person.deleted_at.is_(None)]
    return [Person.role.in_(TEAM_ROLES), *active]


def _burdens() -> sa.Subquery:
    """How many cases that are not done each person is in, or has been asked to take up.

    It begins with those cases, of which there are few, and not with the persons, who may have done thousands.
    """
    undone = select(Case.id).where(Case.status.in_(UNDONE)).subquery()
    involved = sa.union(
        select(Participant.person_id, Participant.case_id).join(undone, undone.c.id == Participant.case_id),
        select(Invitation.person_id, Invitation.case_id)
        .join(undone, undone.c.id == Invitation.case_id)
        .where(Invitation.remind_at.is_not(None)),
    ).subquery()
    return select(involved.c.person_id, func.count().label("cases")).group_by(involved.c.person_id).subquery()


def _unasked(*which: sa.ColumnElement[bool]) -> sa.Select[Person]:
    """Whoever has not been asked to take a case up; those with the fewest open cases first."""
    burdens = _burdens()
    asked = select(Invitation.person_id).where(Invitation.case_id == bindparam("case_id"))
    return (
        select(Person)
        .outerjoin(burdens, burdens.c.person_id == Person.id)
        .where(*_available(), Person.id.not_in(asked), Person.id != bindparam("creator_id"), *which)
        .order_by(func.coalesce(burdens.c.cases, 0), Person.id)
    )


# Asked for every case, and so put together once.
WILLING = _unasked(willing(MailTopic.INVITATIONS))
ANYBODY = _unasked()
MOST = bindparam("most", type_=sa.Integer)
SOME = {WILLING: WILLING.limit(MOST), ANYBODY: ANYBODY.limit(MOST)}


def invite_next(case: Case) -> list[Invitation]:
    """Ask the next teamInviteCount members who have not been asked; those with the fewest open cases first.

    Who does not want to be asked is not, unless nobody else was or is.
    """
    members = _next(WILLING, case) or ([] if invited(case) else _next(ANYBODY, case))
    return [_invite(case, person) for person in members]


def _next(unasked: sa.Select[Person], case: Case) -> Sequence[Person]:
    most = settings().team_invite_count
    asked = {"case_id": case.id, "creator_id": case.creator_id}
    found = db.session.scalars(SOME[unasked], asked | {"most": most}) if most else db.session.scalars(unasked, asked)
    return found.all()


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


def ask_again(case: Case) -> None:
    """The case is open again: who was asked before is reminded in time, as if he had been asked now.

    Not so whoever has said that he does not take it up, or is no more in the case.
    """
    if _waits_for_the_team(case):
        done_with_it = _decliners(case) | {one.person_id for one in case.participants if one.removed_at}
        for one in invited(case):
            if one.person_id not in done_with_it:
                one.remind_at = now() + settings().team_invite_reminder


def _decliners(case: Case) -> set[int | None]:
    declined = select(Event.actor_id).where(Event.case_id == case.id, Event.name == "invitation_declined")
    return set(db.session.scalars(declined))


def ask_instead_of(case: Case, person: Person) -> None:
    """Somebody of the team has left the case: he is not reminded, and if nobody else is asked the next ones are."""
    asked = invited(case)
    for one in asked:
        if one.person_id == person.id:
            one.remind_at = None
    if person.team and _waits_for_the_team(case) and not any(one.remind_at for one in asked):
        invite_next(case)


def open_invitation(case: Case, person: Person) -> Invitation | None:
    """That somebody has been asked to take up a case, which still waits for that."""
    mine = Invitation.case_id == case.id, Invitation.person_id == person.id, Invitation.remind_at.is_not(None)
    found = db.session.scalar(select(Invitation).where(*mine))
    return found if found and _waits_for_the_team(case) else None


def decline_invitation(case: Case, person: Person, why: str = "") -> None:
    """Somebody who was asked will not take the case up: he is not reminded, and the next ones are asked.

    Who was not asked, or has declined before, changes nothing.
    """
    if open_invitation(case, person) is not None:
        record(case, "invitation_declined", by=person, new=person.id, why=why.strip())
        ask_instead_of(case, person)


def lapsed_cases(*, skip: int) -> list[int]:
    """The ids of a batch of cases in which it is time to remind somebody, of those that are in play and awake."""
    query = (
        select(Invitation.case_id)
        .join(Case)
        .where(Invitation.remind_at <= now(), awake(), Case.spam_at.is_(None), Case.trashed_at.is_(None))
        .group_by(Invitation.case_id)
        .order_by(func.min(Invitation.remind_at), Invitation.case_id)
    )
    return list(db.session.scalars(query.offset(skip).limit(BATCH)))


def remind_team_of(case_id: int) -> bool:
    """Remind, once, those whose time has come, and ask the next ones. Says whether nothing is left to be done.

    As soon as somebody of the team has taken the case up, or it is no longer open, nobody is reminded of it.
    """
    case = locked(db.session.get_one(Case, case_id))
    if snoozed(case) or case.discarded:
        return False
    due = [one for one in invited(case) if one.remind_at and one.remind_at <= now()]
    for invitation in due:
        invitation.remind_at = None
    if due and _waits_for_the_team(case):
        for invitation in due:
            _remind(case, invitation)
        invite_next(case)
    return True


def _waits_for_the_team(case: Case) -> bool:
    return case.state is State.ACTIVE and not case.closed and not team_has_joined(case)


def _remind(case: Case, invitation: Invitation) -> None:
    person = invitation.person
    if person.active and person.team and wants(person, MailTopic.INVITATIONS):
        invitation.reminded_at = now()
        record(case, "team_member_reminded", by=None, new=invitation.person_id)


def untold_cases(*, skip: int) -> list[int]:
    """The ids of a batch of cases that wait for the team and of which nobody was told, for want of a team say.

    One that somebody of the team has opened with a note to himself does not wait, until there is a message on it.
    """
    if db.session.scalar(select(Person.id).where(*_available()).limit(1)) is None:
        return []
    told = select(Invitation.id).where(Invitation.case_id == Case.id)
    taken_up = (
        select(Participant.id)
        .join(Person)
        .where(Participant.case_id == Case.id, Participant.removed_at.is_(None))
        .where(Person.role.in_(TEAM_ROLES), Person.id != Case.requester_id)
    )
    written = select(Post.id).where(Post.case_id == Case.id, Post.kind == PostKind.MESSAGE)
    query = (
        select(Case.id)
        .where(Case.status.in_(UNDONE), ~told.exists(), ~taken_up.exists(), written.exists())
        .where(Case.confirmed_at.is_not(None), Case.spam_at.is_(None), Case.trashed_at.is_(None))
        .order_by(Case.id)
    )
    return list(db.session.scalars(query.offset(skip).limit(BATCH)))


def tell_team_of(case_id: int) -> bool:
    """Invite the team to a case of which nobody was told. Says whether there was anybody to be told."""
    case = locked(db.session.get_one(Case, case_id))
    return not _waits_for_the_team(case) or bool(invited(case)) or bool(invite_next(case))

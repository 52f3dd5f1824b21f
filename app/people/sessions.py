"""Sessions of the team: that somebody has signed in with a browser, and for how long that opens our pages.

What the browser holds is 256 random bits; what is kept of them is only their SHA-256.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import now
from app.errors import NotFound
from app.events import record
from app.extensions import Base, db
from app.people.credentials import digest_of
from app.people.models import Person

# It ends when nobody has used it for so long, and after so long in any case.
IDLE, LONGEST = timedelta(hours=12), timedelta(days=14)
USED_AGAIN = timedelta(minutes=1)
KEPT = timedelta(days=30)
LONGEST_NAME = 300  # of a browser
BATCH = 500


class TeamSession(Base):
    """That somebody of the team has signed in. ``browser`` is what it says of itself."""

    __tablename__ = "team_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    browser: Mapped[str] = mapped_column(sa.String(LONGEST_NAME), default="")
    ip_address: Mapped[str | None] = mapped_column(sa.String(45))
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime] = mapped_column(default=now, index=True)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    @property
    def live(self) -> bool:
        """Whether it opens anything at this moment."""
        timely = self.ended_at is None and now() < min(self.expires_at, self.last_used_at + IDLE)
        return timely and self.person.active and self.person.team

    @property
    def stale(self) -> bool:
        """Whether the mark of last use is old enough to be renewed."""
        return now() - self.last_used_at > USED_AGAIN


def begin_session(person: Person, *, browser: str, ip_address: str | None) -> tuple[TeamSession, str]:
    """Let somebody of the team in; the second value is what his browser shows from now on."""
    secret = secrets.token_urlsafe(32)
    session = TeamSession(
        person=person,
        digest=digest_of(secret),
        browser=browser[:LONGEST_NAME],
        ip_address=ip_address,
        expires_at=now() + LONGEST,
    )
    db.session.add(session)
    record(person, "signed_in", by=person)
    return session, secret


def live_session(secret: str) -> TeamSession | None:
    """The session that a browser shows, with its person, if it still opens anything."""
    query = select(TeamSession).where(TeamSession.digest == digest_of(secret)).options(joinedload(TeamSession.person))
    found = db.session.scalar(query)
    return found if found and found.live else None


def mark_session_used(session: TeamSession) -> None:
    """Note that it is in use; at most once a minute, so that reading does not become writing."""
    session.last_used_at = now()


def end_session(session: TeamSession, *, by: Person | None) -> None:
    """Let it open nothing any more. Ending one that has ended changes nothing."""
    if session.ended_at is None:
        session.ended_at = now()
        record(session.person, "signed_out", by=by)


def end_other_sessions(person: Person, *, but: TeamSession | None, by: Person | None) -> None:
    """Sign somebody out everywhere but here."""
    for one in sessions_of(person):
        if one is not but:
            end_session(one, by=by)


def end_sessions_of(person: Person) -> None:
    """End all that somebody has, since he may do less from now on."""
    theirs = TeamSession.person_id == person.id, TeamSession.ended_at.is_(None)
    db.session.execute(sa.update(TeamSession).where(*theirs).values(ended_at=now()))


def sessions_of(person: Person) -> Sequence[TeamSession]:
    """His live sessions, the one used last first."""
    query = select(TeamSession).where(TeamSession.person_id == person.id, TeamSession.ended_at.is_(None))
    found = db.session.scalars(query.order_by(TeamSession.last_used_at.desc()).limit(BATCH))
    return [one for one in found if one.live]


def session_of(person: Person, uuid: UUID) -> TeamSession:
    """One of his sessions. Raises NotFound, for those of others too."""
    mine = select(TeamSession).where(TeamSession.uuid == uuid, TeamSession.person_id == person.id)
    found = db.session.scalar(mine)
    if found is None:
        raise NotFound("There is no such session.")
    return found


def forget_old_sessions() -> int:
    """Forget a batch of sessions that nobody has used for long; says how many those were."""
    old = select(TeamSession.id).where(TeamSession.last_used_at < now() - KEPT).limit(BATCH)
    gone = db.session.execute(sa.delete(TeamSession).where(TeamSession.id.in_(old)).returning(TeamSession.id))
    return len(gone.all())

"""Signing in by a mailed link: asking for one, and using it up.

Whoever asks is only noted. Whose address that is, is looked up by a job: so an answer, and the time it takes, says
nothing of who is known here. The secret is derived from the row and the secret key, and what is stored is its SHA-256.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import now
from app.config import deployed
from app.errors import Gone, TooMany
from app.extensions import Base, db
from app.people.addresses import key_of
from app.people.credentials import digest_of
from app.people.models import Person
from app.people.persons import find_person
from app.transaction import hold

LIFETIME = timedelta(minutes=20)
# A link to an address is alive as long as its turn lasts: nobody who asks in another's name can keep him out.
MOST_TO_AN_ADDRESS, MOST_OF_A_CLIENT = 3, 20
CLIENTS_WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)
LONGEST_WAY = 500
BATCH = 500
ENDED = "This link has been used, or its time is over."
ELSEWHERE = "Please open the link in the browser in which you asked for it, or ask for another one here."


class SignIn(Base):
    """That somebody asked to be let in. It has a person once it was found to be one of the team's address.

    ``asked_with`` is the SHA-256 of what the asking browser keeps: mail can be read by others, since what comes back of
    it arrives here, so the link opens nothing anywhere else.
    """

    __tablename__ = "sign_ins"
    __table_args__ = (
        sa.Index("ix_sign_ins_address_created_at", "address", "created_at"),
        sa.Index("ix_sign_ins_client_created_at", "client", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    address: Mapped[str] = mapped_column(sa.String(320))
    client: Mapped[str] = mapped_column(sa.String(60))
    asked_with: Mapped[str] = mapped_column(sa.String(64), default="")
    way_back: Mapped[str] = mapped_column(sa.String(LONGEST_WAY))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)

    person: Mapped[Person | None] = relationship()

    @property
    def open(self) -> bool:
        """Whether somebody can still come in by it."""
        person = self.person
        return self.used_at is None and now() < self.expires_at and bool(person and person.active and person.team)


def ask_to_sign_in(address: str, *, client: str, browser: str, way_back: str) -> SignIn | None:
    """Note that somebody wants a link; nothing where this address was asked for often enough.

    ``browser`` is the secret of the browser that asks, and has to be shown with the link. Raises TooMany for a client
    that asks again and again.
    """
    key = key_of(address)
    if _asked(SignIn.client == client, CLIENTS_WINDOW) >= MOST_OF_A_CLIENT:
        raise TooMany("You have asked for many links. Please try again in an hour.")
    if _asked(SignIn.address == key, LIFETIME) >= MOST_TO_AN_ADDRESS:
        return None
    uuid = uuid7()
    digest, until = digest_of(_secret(uuid)), now() + LIFETIME
    asked = SignIn(uuid=uuid, digest=digest, address=key, client=client, way_back=way_back, expires_at=until)
    asked.asked_with = digest_of(browser)
    db.session.add(asked)
    db.session.flush()
    return asked


def _asked(which: sa.ColumnElement[bool], window: timedelta) -> int:
    query = select(func.count()).select_from(SignIn).where(which, SignIn.created_at > now() - window)
    return db.session.scalar(query) or 0


def _secret(uuid: UUID) -> str:
    key = deployed().secret_key.encode()
    return base64.urlsafe_b64encode(hmac.digest(key, f"sign-in:{uuid}".encode(), "sha256")).decode().rstrip("=")


def sign_in_address(uuid: UUID) -> str:
    """Where the link leads."""
    return f"{deployed().base_url}/team/sign-in/{_secret(uuid)}"


def unanswered(limit: int) -> Sequence[int]:
    """The ids of those who wait for an answer, and to whom one still is of use."""
    waiting = SignIn.answered_at.is_(None), SignIn.expires_at > now()
    return db.session.scalars(select(SignIn.id).where(*waiting).order_by(SignIn.id).limit(limit)).all()


def recognize(sign_in_id: int) -> SignIn | None:
    """Find out, once, who asks. Nothing when that was done, or when it is nobody of the team."""
    asked = db.session.get(SignIn, sign_in_id)
    if asked is None:
        return None
    hold(asked)
    if asked.answered_at is not None:
        return None
    asked.answered_at = now()
    person = find_person(asked.address)
    if person is None or not (person.active and person.team):
        return None
    asked.person = person
    return asked


def sign_in_by_secret(secret: str, *, browser: str) -> SignIn:
    """The link this secret opens. Raises Gone for a dead one, one that never was, and that of another browser."""
    return _from(browser, _checked(db.session.scalar(select(SignIn).where(SignIn.digest == digest_of(secret)))))


def sign_in_by_id(id: int, *, browser: str) -> SignIn:
    """The same of one whose secret was shown before."""
    return _from(browser, _checked(db.session.get(SignIn, id)))


def _from(browser: str, asked: SignIn) -> SignIn:
    if not hmac.compare_digest(asked.asked_with, digest_of(browser)):
        raise Gone(ELSEWHERE)
    return asked


def _checked(asked: SignIn | None) -> SignIn:
    if asked is None or not asked.open:
        raise Gone(ENDED)
    return asked


def use_up(asked: SignIn) -> Person:
    """Come in by a link, which opens nothing from then on. Raises Gone for all but the first who tries."""
    hold(asked)
    person = _checked(asked).person
    assert person is not None
    asked.used_at = now()
    return person


def forget_old_sign_ins() -> int:
    """Forget a batch of those who asked long ago; says how many those were."""
    old = select(SignIn.id).where(SignIn.created_at < now() - KEPT).limit(BATCH)
    return len(db.session.execute(sa.delete(SignIn).where(SignIn.id.in_(old)).returning(SignIn.id)).all())

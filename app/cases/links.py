"""Links: secret addresses for one purpose, one person and one case.

The secret is derived from the row and the secret key, so that a mail which is sent again carries the same link; what is
stored is only its SHA-256. A link is dead when it has expired, was revoked, or its person left the case.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.cases.models import Case
from app.cases.participation import participates
from app.clock import now
from app.config import deployed
from app.errors import Gone, NotFound
from app.extensions import Base, db
from app.people.models import Person


class Purpose(StrEnum):
    """What a link is for."""

    CONFIRM = "confirm"
    CASE = "case"
    RATE = "rate"


LIFETIME = {Purpose.CONFIRM: timedelta(days=7), Purpose.CASE: timedelta(days=90), Purpose.RATE: timedelta(days=90)}
RENEWED_BEFORE_END = timedelta(days=30)
AT_ONCE = 500  # no database takes any number of values in one question


class Link(Base):
    """A secret address. ``used_at`` is set by the act it leads to, never by looking at it."""

    __tablename__ = "links"
    __table_args__ = (sa.Index("ix_links_case_id_person_id_purpose", "case_id", "person_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    purpose: Mapped[Purpose]
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    case: Mapped[Case] = relationship()
    person: Mapped[Person] = relationship()


# Both are put together once, since they are asked for every mail.
FRESH = (
    select(Link)
    .where(Link.case_id == bindparam("case_id"), Link.person_id == bindparam("person_id"))
    .where(Link.purpose == bindparam("purpose"), Link.expires_at > bindparam("fresh"))
    .where(Link.revoked_at.is_(None), Link.used_at.is_(None))
    .order_by(Link.id.desc())
    .limit(1)
)
OPEN = (
    select(Link.digest, Link.person_id)
    .where(Link.digest.in_(bindparam("digests", expanding=True)))
    .where(Link.revoked_at.is_(None), Link.expires_at > bindparam("moment"))
)


def _secret(uuid: UUID, purpose: Purpose) -> str:
    key = deployed().secret_key.encode()
    return base64.urlsafe_b64encode(hmac.digest(key, f"link:{purpose}:{uuid}".encode(), "sha256")).decode().rstrip("=")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def secret_of(link: Link) -> str:
    """What stands in the address of a link."""
    return _secret(link.uuid, link.purpose)


def link_for(case: Case, person: Person, purpose: Purpose) -> Link:
    """The person's link to the case; a new one when there is none or its end is near."""
    return link_between(case.id, person.id, purpose)


def link_between(case_id: int, person_id: int, purpose: Purpose) -> Link:
    """The same for a case and a person that need not be loaded for it."""
    lifetime = LIFETIME[purpose]
    fresh = now() + min(RENEWED_BEFORE_END, lifetime / 2)
    asked = {"case_id": case_id, "person_id": person_id, "purpose": purpose, "fresh": fresh}
    found = db.session.scalar(FRESH, asked)
    if found is not None:
        return found
    uuid = uuid7()
    link = Link(
        uuid=uuid,
        purpose=purpose,
        digest=_digest(_secret(uuid, purpose)),
        case_id=case_id,
        person_id=person_id,
        expires_at=now() + lifetime,
    )
    db.session.add(link)
    db.session.flush()
    return link


def revoke_links(case: Case, person: Person) -> None:
    """Every link of this person to this case is dead from now on."""
    db.session.execute(
        sa.update(Link)
        .where(Link.case_id == case.id, Link.person_id == person.id, Link.revoked_at.is_(None))
        .values(revoked_at=now())
    )


def link_by_secret(secret: str, purpose: Purpose) -> Link:
    """The link this secret opens. Raises NotFound for an unknown one, Gone for one that is dead."""
    link = db.session.scalar(select(Link).where(Link.digest == _digest(secret), Link.purpose == purpose))
    if link is None:
        raise NotFound("This link is not known.")
    check_alive(link)
    return link


def known_link(secret: str) -> int | None:
    """The id of the link with this secret, alive or dead, if there is one."""
    return db.session.scalar(select(Link.id).where(Link.digest == _digest(secret)))


def owners_of_secrets(secrets: Collection[str]) -> dict[str, int]:
    """The person whose link a secret opens, by secret; what opens nothing any more is left out."""
    by_digest = {_digest(one): one for one in secrets}
    digests = list(by_digest)
    owners: dict[str, int] = {}
    for start in range(0, len(digests), AT_ONCE):
        found = db.session.execute(OPEN, {"digests": digests[start : start + AT_ONCE], "moment": now()})
        owners |= {by_digest[digest]: person_id for digest, person_id in found}
    return owners


def check_alive(link: Link) -> None:
    """Raises Gone when the link no longer opens anything."""
    if link.revoked_at or link.expires_at <= now():
        raise Gone("This link has expired.")
    if link.purpose is not Purpose.CONFIRM and not may_look(link.case, link.person):
        raise Gone("This link has expired.")


def may_look(case: Case, person: Person) -> bool:
    """Whether a link of this person to this case still opens it: for the team always, for others while in it."""
    return person.active and (person.team or participates(case, person))


def case_address(link: Link) -> str:
    """The address of the case page behind a link."""
    return f"{deployed().base_url}/c/{secret_of(link)}"


def rating_address(link: Link, score: str) -> str:
    """The address of the rating page behind a link, with a choice made."""
    return f"{deployed().base_url}/r/{secret_of(link)}/{score}"

"""API keys: made, shown once, checked, listed and revoked. Only their SHA-256 is kept."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import now
from app.errors import Conflict, Forbidden, NotFound, Unauthorized
from app.events import record
from app.extensions import Base, db
from app.people.models import Person, Role

BOOTSTRAP_KEY = re.compile(r"[!-~]{32,200}", re.ASCII)
USED_AGAIN = timedelta(minutes=1)
TWO_FOR_ROTATION = 2


class ApiKey(Base):
    """A key, of a person or, without one, of the operator. Its role bounds what it can do."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    role: Mapped[Role]
    scopes: Mapped[list[Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person | None] = relationship(lazy="joined")

    @property
    def live(self) -> bool:
        """Whether the key opens anything at this moment."""
        dead = self.revoked_at or (self.expires_at and self.expires_at <= now())
        return not dead and (self.person is None or self.person.active)

    @property
    def power(self) -> Role:
        """The role this key acts with: never above that of its person."""
        return min(self.role, self.person.role, key=lambda role: role.rank) if self.person else self.role


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def create_key(name: str, role: Role, *, person: Person | None, by: "ApiKey | None") -> tuple[ApiKey, str]:
    """Make a key; the second value is the key itself, to be shown this one time.

    Raises Forbidden for a role above the person's or above that of the key which asks, Conflict when the person has
    two keys of this name already (one to use, one to change over to).
    """
    if by is not None and role.rank > by.power.rank:
        raise Forbidden(f"A key with the role {by.power} cannot make one with the role {role}.", field="role")
    if person is not None and role.rank > person.role.rank:
        raise Forbidden(f"{person.name} has the role {person.role}; a key cannot have a higher one.", field="role")
    if len([key for key in _live_keys(person) if key.name == name]) >= TWO_FOR_ROTATION:
        raise Conflict("There are two live keys of this name already; revoke one of them first.", field="name")
    key = ApiKey(name=name, role=role, person=person, digest=secrets.token_hex(32))
    db.session.add(key)
    db.session.flush()
    secret = f"ck_{key.id}_{secrets.token_urlsafe(32)}"
    key.digest = _digest(secret)
    record(key, "key_created", by=by.person if by else None, new={"role": role, "name": name}, key=by and by.id)
    return key, secret


def _live_keys(person: Person | None) -> list[ApiKey]:
    owner = ApiKey.person_id == person.id if person else ApiKey.person_id.is_(None)
    return [key for key in db.session.scalars(select(ApiKey).where(owner, ApiKey.revoked_at.is_(None))) if key.live]


def revoke_key(key: ApiKey, *, by: ApiKey | None) -> None:
    """Make a key useless from now on. Raises Forbidden for a key above the one which asks."""
    if by is not None and key.power.rank > by.power.rank:
        raise Forbidden("A key cannot revoke one with a higher role.")
    if key.revoked_at is None:
        key.revoked_at = now()
        record(key, "key_revoked", by=by.person if by else None, key=by and by.id)


def key_by_uuid(uuid: UUID) -> ApiKey:
    """Raises NotFound."""
    key = db.session.scalar(select(ApiKey).where(ApiKey.uuid == uuid))
    if key is None:
        raise NotFound("There is no such key.")
    return key


def keys_page(*, after: int, limit: int) -> list[ApiKey]:
    """Keys in the order of their ids, revoked ones too."""
    return list(db.session.scalars(select(ApiKey).where(ApiKey.id > after).order_by(ApiKey.id).limit(limit)))


def check_key(secret: str) -> ApiKey:
    """The live key this is. Raises Unauthorized, always with the same words."""
    key = db.session.scalar(select(ApiKey).where(ApiKey.digest == _digest(secret)))
    if key is None or not key.live:
        raise Unauthorized("This needs a valid API key, sent as: Authorization: Bearer ck_...")
    return key


def adopt_bootstrap_key(secret: str) -> bool:
    """Turn the operator's own secret into the first owner key. It works only while there is no key at all."""
    if not BOOTSTRAP_KEY.fullmatch(secret):
        raise Forbidden("CASEY_BOOTSTRAP_KEY must be 32 to 200 printable characters without blanks.")
    if any_key():
        return False
    key = ApiKey(name="bootstrap", role=Role.OWNER, digest=_digest(secret))
    db.session.add(key)
    record(key, "key_created", by=None, new={"role": Role.OWNER, "name": "bootstrap"})
    return True


def any_key() -> bool:
    """Whether a key was ever made."""
    return db.session.scalar(select(ApiKey.id).limit(1)) is not None


def stale(key: ApiKey) -> bool:
    """Whether the mark of last use is old enough to be renewed."""
    return key.last_used_at is None or now() - key.last_used_at > USED_AGAIN


def mark_used(key: ApiKey) -> None:
    """Note that the key is in use; at most once a minute, so that reading does not become writing."""
    key.last_used_at = now()

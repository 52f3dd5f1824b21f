"""API keys: made, shown once, changed, listed and revoked. Only their SHA-256 is kept."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import now
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.events import record
from app.extensions import Base, db
from app.people.access import Act, can
from app.people.models import Person, Role

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
    sessions_ended_at: Mapped[datetime | None]
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

    def allows(self, act: Act) -> bool:
        """Whether this key may do this: its role allows it, and so do its scopes, if it has any."""
        return can(self.power, act) and (self.scopes is None or act in (*self.scopes, Act.READ_OWN_KEY))


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def create_key(
    name: str,
    role: Role,
    *,
    person: Person | None,
    by: "ApiKey | None",
    scopes: Iterable[Act] | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key; the second value is the key itself, to be shown this one time.

    Raises Forbidden for a role above the person's, or for more than the key which asks can do; Invalid for an end that
    is past; Conflict when the person has two keys of this name already (one to use, one to change over to).
    """
    scopes = sorted({*scopes}) if scopes is not None else None
    _check_role(role, person, by)
    _check_scopes(scopes, by)
    _check_end(expires_at)
    _check_room(name, person)
    key = ApiKey(name=name, role=role, person=person, scopes=scopes, expires_at=expires_at)
    secret = _stored(key)
    record(key, "key_created", by=by.person if by else None, new=_told(key))
    return key, secret


def _stored(key: ApiKey) -> str:
    """Store a new key; returns what it is written as, which begins with its number."""
    key.digest = secrets.token_hex(32)  # of nothing, until the number is known
    db.session.add(key)
    db.session.flush()
    secret = f"ck_{key.id}_{secrets.token_urlsafe(32)}"
    key.digest = digest_of(secret)
    return secret


def _check_role(role: Role, person: Person | None, by: "ApiKey | None") -> None:
    """Nobody is given more than he is, nor by one who is less."""
    if by is not None and role.rank > by.power.rank:
        raise Forbidden(f"A key with the role {by.power} cannot make one with the role {role}.", field="role")
    if person is not None and role.rank > person.role.rank:
        raise Forbidden(f"{person.name} has the role {person.role}; a key cannot have a higher one.", field="role")


def _check_room(name: str, person: Person | None) -> None:
    if len([key for key in _live_keys(person) if key.name == name]) >= TWO_FOR_ROTATION:
        raise Conflict("There are two live keys of this name already; revoke one of them first.", field="name")


def _check_scopes(scopes: list[Act] | None, by: "ApiKey | None") -> None:
    """A key that is narrowed cannot make one that is less so."""
    if by is not None and by.scopes is not None and (scopes is None or not {*scopes} <= {*by.scopes}):
        raise Forbidden(f"This key makes only keys with scopes out of its own: {', '.join(by.scopes)}.", field="scopes")


def _check_end(expires_at: datetime | None) -> None:
    if expires_at is not None and expires_at <= now():
        raise Invalid("This must be in the future.", field="expires_at")


def _told(key: ApiKey) -> dict[str, Any]:
    end = key.expires_at.isoformat() if key.expires_at else None
    return {"name": key.name, "role": key.role, "scopes": key.scopes, "expires_at": end}


def change_key(key: ApiKey, changes: Mapping[str, Any], *, by: ApiKey | None) -> None:
    """Change ``name`` or ``expires_at`` of a key.

    Raises Forbidden for a key above the one which asks, Conflict for a dead one, and as ``create_key`` does.
    """
    if by is not None and key.power.rank > by.power.rank:
        raise Forbidden("A key cannot change one with a higher role.")
    if key.revoked_at is not None:
        raise Conflict("This key has been revoked.")
    _check_end(changes.get("expires_at"))
    if changes.get("name", key.name) != key.name:
        _check_room(changes["name"], key.person)
    before = _told(key)
    for name, value in changes.items():
        setattr(key, name, value)
    new = {name: value for name, value in _told(key).items() if before[name] != value}
    if new:
        record(key, "key_changed", by=by.person if by else None, old={name: before[name] for name in new}, new=new)


def _live_keys(person: Person | None) -> list[ApiKey]:
    owner = ApiKey.person_id == person.id if person else ApiKey.person_id.is_(None)
    return [key for key in db.session.scalars(select(ApiKey).where(owner, ApiKey.revoked_at.is_(None))) if key.live]


def revoke_key(key: ApiKey, *, by: ApiKey | None) -> None:
    """Make a key useless from now on. Raises Forbidden for a key above the one which asks."""
    if by is not None and key.power.rank > by.power.rank:
        raise Forbidden("A key cannot revoke one with a higher role.")
    if key.revoked_at is None:
        key.revoked_at = now()
        record(key, "key_revoked", by=by.person if by else None, old=_told(key))


def key_by_uuid(uuid: UUID) -> ApiKey:
    """Raises NotFound."""
    key = db.session.scalar(select(ApiKey).where(ApiKey.uuid == uuid))
    if key is None:
        raise NotFound("There is no such key.")
    return key


def keys_page(*, after: int, limit: int) -> list[ApiKey]:
    """Keys in the order of their ids, revoked ones too."""
    return list(db.session.scalars(select(ApiKey).where(ApiKey.id > after).order_by(ApiKey.id).limit(limit)))

"""Passes: what stands for an API key for a while, where a wire has sessions or tokens that expire (OAuth 2.0,
RFC 6749).

A pass is signed and stored nowhere, so that giving one is no write. It opens nothing once its key is dead; a session
ends, with all others of its key, when that is said, and every pass of somebody ends for good when he is disabled or
blocked, also where his keys open something again later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select

from app.clock import now
from app.config import deployed
from app.extensions import db
from app.people.credentials import ApiKey
from app.people.key_use import UNADDRESSED

LONGEST = 1000


class PassKind(StrEnum):
    """What a pass is for."""

    SESSION = "session"
    ACCESS = "access"
    REFRESH = "refresh"


LIFETIME = {
    PassKind.SESSION: timedelta(hours=12),
    PassKind.ACCESS: timedelta(hours=1),
    PassKind.REFRESH: timedelta(days=30),
}
# Whoever signs in again soon gets the session that he has, so that a session has a beginning within an hour.
ROUND = 3600


@dataclass(frozen=True)
class Pass:
    """What a pass says: for which key it stands, since when and until when, and for which scopes alone, if any."""

    kind: PassKind
    key: ApiKey
    since: datetime
    until: datetime
    scopes: frozenset[str] | None


def give_pass(key: ApiKey, kind: PassKind, scopes: Iterable[str] | None = None) -> str:
    """A pass for a key, as it is sent."""
    since = int(now().timestamp())
    if kind is PassKind.SESSION:
        since -= since % ROUND
    narrowed = sorted({*scopes}) if scopes is not None else None
    return str(_signer(kind).dumps([key.id, since, narrowed, _ended(key), _let_go(key)]))


def read_pass(secret: str, kind: PassKind) -> Pass | None:
    """What a pass says, if it still opens anything."""
    try:
        key_id, since, scopes, ended, let_go = _signer(kind).loads(secret if len(secret) <= LONGEST else "")
    except (BadData, ValueError):
        return None
    begin = datetime.fromtimestamp(since, UTC)
    until = begin + LIFETIME[kind]
    key = db.session.scalar(select(ApiKey).where(ApiKey.id == key_id).options(UNADDRESSED))
    if key is None or not key.live or until <= now() or let_go != _let_go(key):
        return None
    if kind is PassKind.SESSION and ended != _ended(key):
        return None
    return Pass(kind, key, begin, until, frozenset(scopes) if scopes is not None else None)


def end_sessions(key: ApiKey) -> None:
    """Make every session of a key useless; the next time its holder signs in he gets another one."""
    key.sessions_ended_at = now()


def _ended(key: ApiKey) -> float:
    """When its sessions were ended, which tells those that began before from those that began after."""
    return key.sessions_ended_at.timestamp() if key.sessions_ended_at else 0


def _let_go(key: ApiKey) -> float:
    """When its holder was disabled or blocked last, which tells passes of before from those of after."""
    ended = key.person.passes_ended_at if key.person else None
    return ended.timestamp() if ended else 0


def _signer(kind: PassKind) -> URLSafeSerializer:
    return URLSafeSerializer(deployed().secret_key, salt=f"casey.pass.{kind}")

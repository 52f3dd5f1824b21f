"""Keys in use: whether one opens anything, and when it was used last."""

from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.clock import now
from app.errors import Unauthorized
from app.extensions import db
from app.people.credentials import ApiKey, digest_of
from app.people.models import Person

# Few calls have to do with the addresses of whoever makes them.
UNADDRESSED = joinedload(ApiKey.person).lazyload(Person.identities)
# Asked for every call, and so put together once.
BY_DIGEST = select(ApiKey).where(ApiKey.digest == bindparam("digest")).options(UNADDRESSED)
USED_AGAIN = timedelta(minutes=1)


def check_key(secret: str) -> ApiKey:
    """The live key this is. Raises Unauthorized, always with the same words."""
    key = live_key(secret)
    if key is None:
        raise Unauthorized("This needs a valid API key, sent as: Authorization: Bearer ck_...")
    return key


def live_key(secret: str) -> ApiKey | None:
    """The key this is, if it opens anything."""
    key = db.session.scalar(BY_DIGEST, {"digest": digest_of(secret)})
    return key if key and key.live else None


def stale(key: ApiKey) -> bool:
    """Whether the mark of last use is old enough to be renewed."""
    return key.last_used_at is None or now() - key.last_used_at > USED_AGAIN


def mark_used(key: ApiKey) -> None:
    """Note that the key is in use; at most once a minute, so that reading does not become writing."""
    key.last_used_at = now()

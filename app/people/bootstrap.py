"""The first key, which the operator may bring along himself."""

import re

from sqlalchemy import select

from app.errors import Forbidden
from app.events import record
from app.extensions import db
from app.people.credentials import ApiKey, digest_of
from app.people.models import Role

BOOTSTRAP_KEY = re.compile(r"[!-~]{32,200}", re.ASCII)


def adopt_bootstrap_key(secret: str) -> bool:
    """Turn the operator's own secret into the first owner key. It works only while there is no key at all."""
    if not BOOTSTRAP_KEY.fullmatch(secret):
        raise Forbidden("CASEY_BOOTSTRAP_KEY must be 32 to 200 printable characters without blanks.")
    if any_key():
        return False
    key = ApiKey(name="bootstrap", role=Role.OWNER, digest=digest_of(secret))
    db.session.add(key)
    record(key, "key_created", by=None, new={"role": Role.OWNER, "name": "bootstrap"})
    return True


def any_key() -> bool:
    """Whether a key was ever made."""
    return db.session.scalar(select(ApiKey.id).limit(1)) is not None

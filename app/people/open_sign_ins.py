"""Which words are secrets by which somebody of the team could come in now."""

from collections.abc import Collection

from sqlalchemy import bindparam, select

from app.clock import now
from app.extensions import db
from app.people.credentials import digest_of
from app.people.signing_in import SignIn

AT_ONCE = 500  # no database takes any number of values in one question
OPEN = (
    select(SignIn.digest)
    .where(SignIn.digest.in_(bindparam("digests", expanding=True)))
    .where(SignIn.used_at.is_(None), SignIn.expires_at > bindparam("moment"))
)


def opening_sign_ins(words: Collection[str]) -> set[str]:
    """Those of the words that are in links for signing in which nobody has used yet."""
    by_digest = {digest_of(one): one for one in words}
    digests = list(by_digest)
    found: set[str] = set()
    for start in range(0, len(digests), AT_ONCE):
        asked = {"digests": digests[start : start + AT_ONCE], "moment": now()}
        found |= {by_digest[one] for one in db.session.scalars(OPEN, asked)}
    return found

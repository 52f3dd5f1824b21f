"""How callers sign in: Basic with an address and an API key, a session, or a token of OAuth 2.0.

Nothing that opens anything is read from an address, where it would stand in logs, nor from a cookie, so that no page of
somebody else can make calls in a reader's name.
"""

from collections.abc import Collection

from flask import request

from app.api.auth import SESSION, Credentials, credentials, key_behind
from app.api.kayako.errors import NotSignedIn, SessionFailed
from app.errors import Forbidden, Unauthorized
from app.people.credentials import ApiKey
from app.people.passes import PassKind, give_pass, read_pass
from app.people.persons import find_person

IN_ADDRESSES = ("_session_id", "access_token")
READ, WRITE = "read", "write"
SCOPES = ("users", "conversations", "insights", "search", "configuration")


def sign_in() -> ApiKey:
    """The key of whoever calls, who is one of the team. Raises Unauthorized or SessionFailed."""
    _check_address()
    found = credentials()
    if not found.secret:
        raise NotSignedIn("This needs HTTP Basic with the e-mail address of a team member and an API key of his.")
    key = key_behind(found)
    if key is None and found.scheme == "session":
        raise SessionFailed("This session has ended; please sign in again.")
    if key is None or key.person is None or (found.scheme == "basic" and not _his(key, found)):
        raise Unauthorized("The e-mail address and the API key do not belong together, or the key opens nothing.")
    if found.scheme == "basic" and SESSION in request.headers:
        _check_session(key)
    return key


def _check_address() -> None:
    for name in IN_ADDRESSES:
        if name in request.args:
            raise Unauthorized(f"{name} is not read from addresses, which stand in logs: send it as a header.")


def _his(key: ApiKey, found: Credentials) -> bool:
    person = find_person(found.login)
    return person is not None and person.id == key.person_id


def _check_session(key: ApiKey) -> None:
    """A session may come beside Basic, but then it must be of the same person."""
    session = read_pass(request.headers[SESSION], PassKind.SESSION)
    if session is None or session.key.person_id != key.person_id:
        raise SessionFailed("This session has ended, or is somebody else's.")


def session_of(key: ApiKey) -> str | None:
    """The session that an answer tells: that of the call, or of whoever signed in with an address and a key."""
    found = credentials()
    if found.scheme == "session":
        return found.secret
    return give_pass(key, PassKind.SESSION) if found.scheme == "basic" else None


def within(known: Collection[str], asked: Collection[str]) -> set[str]:
    """Those of the scopes asked for that these hold. Who may write may read, and a scope by itself is for writing."""

    def held(one: str) -> bool:
        scope = one.partition(":")[0]
        return not {one, scope, f"{scope}:{WRITE}"}.isdisjoint(known)

    return {one for one in asked if held(one)}


def check_scope(scope: str, *, writes: bool) -> None:
    """Raises Forbidden for a token that was made for something else."""
    found = credentials()
    known = read_pass(found.secret, PassKind.ACCESS) if found.scheme == "bearer" else None
    if known is None or known.scopes is None:
        return
    allowed = {scope, f"{scope}:{WRITE}"} | (set() if writes else {f"{scope}:{READ}"})
    if not allowed & known.scopes:
        needed = f"{scope}:{WRITE if writes else READ}"
        raise Forbidden(f"This needs a token with the scope {needed}; yours has {', '.join(sorted(known.scopes))}.")

"""Who is calling, and whether he may."""

import logging
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, request
from sqlalchemy.exc import SQLAlchemyError

from app.database import HURRIED
from app.errors import Forbidden, Unauthorized
from app.extensions import db
from app.origin import coming_from
from app.people.access import NEEDED, Act, can
from app.people.credentials import ApiKey
from app.people.key_use import check_key, live_key, mark_used, stale
from app.people.passes import PassKind, read_pass
from app.people.persons import find_person
from app.text import storable
from app.transaction import transaction

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)


SESSION = "X-Session-ID"


@dataclass(frozen=True)
class Credentials:
    """What the header Authorization says: its scheme in lower case, a secret, and with Basic whose it is to be.

    A session is a header of its own, for those who send no other secret.
    """

    scheme: str
    secret: str
    login: str = ""


def caller() -> ApiKey:
    """The live key of this request, looked up anew in each transaction, and once in it, as its dialect wants it sent.

    Raises Unauthorized or Forbidden.
    """
    said, known = (request.headers.get("Authorization"), request.headers.get(SESSION)), g.get("caller")
    here = db.session().get_transaction()
    if known is None or here is None or known[:2] != (said, here):
        key = g.get("sign_in", bearer)()
        known = g.caller = (said, db.session().get_transaction(), key)
    found: ApiKey = known[2]
    return found


def bearer() -> ApiKey:
    """The key that is sent by itself (RFC 6750). Raises Unauthorized."""
    found = credentials()
    if found.scheme != "bearer" or not found.secret:
        raise Unauthorized("This needs an API key, sent as: Authorization: Bearer ck_...")
    return check_key(found.secret)


def basic() -> ApiKey:
    """The key that is sent as the password of its person, beside an e-mail address of his (RFC 7617).

    Raises Unauthorized, or Forbidden for a key that is not his.
    """
    found = credentials()
    key = live_key(found.secret) if found.scheme == "basic" and found.secret else None
    if key is None:
        raise Unauthorized("This needs HTTP Basic: the e-mail address of a team member, and a valid API key of his.")
    person = find_person(found.login)
    if person is None or key.person_id != person.id:
        raise Forbidden("This API key does not belong to the team member with this e-mail address.")
    return key


def credentials() -> Credentials:
    """What the headers say; nothing without any."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if not secret.strip() and SESSION in request.headers:
        return Credentials("session", request.headers[SESSION])
    if scheme.lower() != "basic":
        return Credentials(scheme.lower(), secret.strip())
    try:
        login, _, password = b64decode(secret.strip(), validate=True).decode().partition(":")
    except (NotBase64, UnicodeDecodeError):
        login = password = ""
    # What cannot be read opens nothing, and counts as a guess all the same.
    return Credentials("basic", password or secret.strip(), storable(login))


def key_behind(found: Credentials) -> ApiKey | None:
    """The live key that these stand for, in any dialect."""
    if found.scheme == "session":
        known = read_pass(found.secret, PassKind.SESSION)
        return known.key if known else None
    if found.scheme not in {"basic", "bearer"}:
        return None
    key = live_key(found.secret)
    known = read_pass(found.secret, PassKind.ACCESS) if key is None and found.scheme == "bearer" else None
    return known.key if known else key


def needs(act: Act) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only callers whose role may do this reach the route."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            key = caller()
            check_allowed(key, act)
            if stale(key):
                _note_use()
            with coming_from(key.id, request.remote_addr):
                return view(*args, **kwargs)

        checked.needs = act  # type: ignore[attr-defined]
        return checked

    return decorate


def check_allowed(key: ApiKey, act: Act) -> None:
    """Raises Forbidden for a key whose role or scopes do not allow this."""
    if not can(key.power, act):
        raise Forbidden(f"This needs a key with the role {NEEDED[act]} or above; yours has {key.power}.")
    if not key.allows(act):
        raise Forbidden(f"This needs a key with the scope {act}; yours has {', '.join(key.scopes or ())}.")


def _note_use() -> None:
    """Once a minute for each key, so that an operator sees which ones are in use. No call waits or fails for it."""
    if "key_noted" in g:
        return
    g.key_noted = True
    try:
        with transaction(patience=HURRIED):
            mark_used(caller())
    except SQLAlchemyError as error:
        log.info("the use of a key was not noted: %s", type(error).__name__)

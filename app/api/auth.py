"""Who is calling, and whether he may."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import SessionTransaction

from app.database import HURRIED
from app.errors import Forbidden, Unauthorized
from app.extensions import db
from app.origin import coming_from
from app.people.access import NEEDED, Act, can
from app.people.credentials import ApiKey
from app.people.key_use import check_key, mark_used, stale
from app.transaction import transaction

LookedUp = tuple[str, SessionTransaction | None, ApiKey]
P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)


def caller() -> ApiKey:
    """The live key of this request, looked up anew in each transaction, and once in it. Raises Unauthorized."""
    scheme, secret = credentials()
    if scheme != "bearer" or not secret:
        raise Unauthorized("This needs an API key, sent as: Authorization: Bearer ck_...")
    known: LookedUp | None = g.get("caller")
    here = db.session().get_transaction()
    if known is None or here is None or known[:2] != (secret, here):
        key = check_key(secret)
        known = g.caller = (secret, db.session().get_transaction(), key)
    return known[2]


def credentials() -> tuple[str, str]:
    """The scheme of the header Authorization, in lower case, and the secret behind it; both empty without one."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower(), secret.strip()


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

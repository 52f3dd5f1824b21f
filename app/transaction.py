"""The one place that commits.

A unit of work (a request, a job, one mail) opens ``with transaction():`` once, at its edge. Nothing external happens
inside; what must happen outside is registered by ``after_commit`` and is only ever a nudge, since it may be lost.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.crash import CrashPoint, crash_point
from app.database import PATIENT, gave_up
from app.errors import Conflict, Overtaken
from app.extensions import Base, db

P = ParamSpec("P")
R = TypeVar("R")
Nudge = Callable[[], None]
N = TypeVar("N", bound=Nudge)

_OPEN = "casey.transaction"
_NUDGES = "casey.after_commit"
_RACES = 3

log = logging.getLogger(__name__)


@contextmanager
def transaction(*, patience: int = PATIENT) -> Iterator[None]:
    """Commit what the block did, or nothing of it.

    What was read before is read anew, so that the block decides on the state it changes. While somebody else writes it
    waits, for at most ``patience`` milliseconds; then it fails with an OperationalError.
    """
    session = _opened()
    try:
        session.connection(execution_options={"writes": True, "patience": patience})
        yield
        crash_point(CrashPoint.COMMIT_BEFORE)
        session.commit()
        crash_point(CrashPoint.COMMIT_AFTER)
    except BaseException:
        session.rollback()
        session.info[_NUDGES] = {}
        raise
    finally:
        session.info[_OPEN] = False
    _nudge(session.info[_NUDGES])


def _opened() -> Session:
    session = db.session()
    if session.info.get(_OPEN):
        raise RuntimeError("a transaction is opened once, at the edge")
    session.rollback()
    session.info[_OPEN], session.info[_NUDGES] = True, {}
    return session


def hold(row: Base) -> None:
    """Let nobody else change this row before the transaction ends, and read anew whatever was read before.

    One that has gone meanwhile is not found any more.
    """
    state = inspect(row)
    columns = state.mapper.primary_key
    held = select(*columns).where(sa.tuple_(*columns) == sa.tuple_(*(state.identity or ())))
    db.session.execute(held.with_for_update())
    db.session.expire_all()


@contextmanager
def reading() -> Iterator[None]:
    """Read outside a transaction and let the snapshot go, so that none is held open while the network is waited for."""
    try:
        yield
    finally:
        db.session.rollback()


@contextmanager
def rehearsal() -> Iterator[None]:
    """Do everything as in a transaction, then nothing of it: for showing what would happen."""
    session = _opened()
    try:
        session.connection(execution_options={"writes": True})
        yield
    finally:
        session.rollback()
        session.info[_OPEN], session.info[_NUDGES] = False, {}


def retried(view: Callable[P, R]) -> Callable[P, R]:
    """Do a request again when another one did the same at the same moment and won.

    The lost transaction left nothing behind, so that doing it again finds what the winner made.
    """

    @wraps(view)
    def again(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(_RACES - 1):
            try:
                return view(*args, **kwargs)
            except (IntegrityError, OperationalError, Overtaken) as error:
                if isinstance(error, OperationalError) and (error.connection_invalidated or gave_up(error)):
                    raise
        try:
            return view(*args, **kwargs)
        except IntegrityError:
            raise Conflict("Somebody else changed the same thing at the same moment. Please try again.") from None

    return again


def after_commit(nudge: N) -> N:
    """Do this when the transaction has been committed; not at all when it fails, and once however often it is said.

    Returns what will be done: the same that was said before, where it was.
    """
    said: N = db.session().info[_NUDGES].setdefault(nudge, nudge)
    return said


def _nudge(nudges: Iterable[Nudge]) -> None:
    for nudge in nudges:
        try:
            nudge()
        except Exception:
            # The work is committed: a lost nudge is found by the sweep, an error here must not become a failed request.
            log.exception("a nudge after the commit failed")

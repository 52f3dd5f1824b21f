"""Which policy is for a case: the first one in use, in their order, whose query finds it."""

import time
from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import Engine, select
from sqlalchemy.orm import joinedload

from app.cases.lists import CASES
from app.cases.models import Case, Priority
from app.errors import Invalid
from app.extensions import db
from app.listing.lists import NOT
from app.sla.models import Metric, SlaPolicy, SlaTarget, SlaVersion
from app.transaction import after_commit

# How long a process may believe that there is no policy at all, so that cases cost nothing where there is none.
BELIEVED = 5.0
# What a case is, and neither where it stands nor when something happened: that goes on by itself.
ASKED = ("priority", "type", "category", "channel", "language", "tag", "creator", "requester", "assignee", "team")
KNOWN = (*ASKED, "organization")

_without: WeakKeyDictionary[Engine, float] = WeakKeyDictionary()


def check_query(query: Mapping[str, str]) -> None:
    """Raises Invalid, naming the field, for what a policy cannot ask of cases."""
    for name in query:
        plain = name.removeprefix(NOT)
        if plain not in KNOWN and plain.partition(".")[0] not in CASES.families:
            families = [f"{one}.<key>" for one in CASES.families]
            raise Invalid(f"A policy can ask for {', '.join([*KNOWN, *families])}.", field=f"query.{name}")
    try:
        CASES.conditions(_whatever_state(query), me=None)
    except Invalid as error:
        [(field, sentence)] = error.fields.items()
        raise Invalid(sentence, field=f"query.{field}") from None


def _whatever_state(query: Mapping[str, str]) -> dict[str, str]:
    return {"state": "any", **query}


def is_nothing_promised() -> bool:
    """Whether there is no policy at all, as far as this process knows."""
    return _without.get(db.engine, 0.0) > time.monotonic()


def believe_no_longer() -> None:
    """There is a policy now: this process knows at once, the others in a few seconds."""
    engine = db.engine
    _without.pop(engine, None)
    after_commit(lambda: _forget(engine))


def _forget(engine: Engine) -> None:
    """Again, since somebody may have looked while it was not committed."""
    _without.pop(engine, None)


def fitting_version(case: Case) -> SlaVersion | None:
    """What is promised of the case, if anything. However many policies there are, it is asked for once.

    That there is none at all is believed for a few seconds.
    """
    policies = _policies()
    if not policies:
        _without[db.engine] = time.monotonic() + BELIEVED
        return None
    fits = sa.case(*((_condition(one.version), number) for number, one in enumerate(policies)), else_=None)
    first = db.session.scalar(select(fits).where(Case.id == case.id))
    return None if first is None else policies[first].version


def _policies() -> Sequence[SlaPolicy]:
    in_use = SlaPolicy.enabled.is_(True), SlaPolicy.deleted_at.is_(None)
    query = select(SlaPolicy).where(*in_use).order_by(SlaPolicy.sort_order, SlaPolicy.id)
    return db.session.scalars(query.options(joinedload(SlaPolicy.version))).all()


def _condition(version: SlaVersion) -> sa.ColumnElement[bool]:
    """What holds of its cases; of one that can be asked no longer, since what it speaks of is gone, nothing does."""
    try:
        return sa.and_(sa.true(), *CASES.conditions(_whatever_state(version.query), me=None))
    except Invalid:
        return sa.false()


def targets_for(targets: Sequence[SlaTarget], priority: Priority) -> Mapping[Metric, SlaTarget]:
    """Which of these hold for this priority; what speaks of it alone goes before what speaks of all."""
    found = {one.metric: one for one in targets if one.priority is None}
    return found | {one.metric: one for one in targets if one.priority is priority}

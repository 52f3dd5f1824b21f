"""Policies: what is promised of which cases. Whatever is promised anew is a new version; the old ones stay."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from app.clock import now
from app.errors import Conflict, Invalid
from app.events import record
from app.extensions import db
from app.people.models import Person
from app.sla.fitting import believe_no_longer, check_query
from app.sla.models import SlaPolicy, SlaTarget, SlaVersion

MOST = 100
LONGEST_GOAL = 3650 * 86_400
PROMISED = ("title", "description", "query", "targets")


def create_policy(
    promised: Mapping[str, Any], *, sort_order: int = 0, enabled: bool = True, by: Person | None
) -> SlaPolicy:
    """Promise something of cases that are opened from now on: ``title``, ``description``, ``query``, ``targets``.

    Raises Invalid, naming the field, for what cannot be promised, Conflict when there are too many.
    """
    if (db.session.scalar(select(func.count()).where(SlaPolicy.deleted_at.is_(None))) or 0) >= MOST:
        raise Conflict(f"There are {MOST} policies already; delete one of them first.")
    policy = SlaPolicy(number=1, sort_order=sort_order, enabled=enabled)
    db.session.add(policy)
    db.session.flush()
    _promise(policy, promised)
    record(policy, "sla_policy_created", by=by, new=_told(policy))
    believe_no_longer()
    return policy


def change_policy(policy: SlaPolicy, changes: Mapping[str, Any], *, by: Person | None) -> None:
    """Change any of what is promised, which makes a new version, or ``sort_order`` or ``enabled``, which does not.

    What runs already goes on as it was promised. Raises Invalid as ``create_policy`` does.
    """
    before = _told(policy)
    policy.sort_order = changes.get("sort_order", policy.sort_order)
    policy.enabled = changes.get("enabled", policy.enabled)
    was = {name: before[name] for name in PROMISED}
    promised = was | {name: _plain(name, value) for name, value in changes.items() if name in PROMISED}
    if promised != was:
        policy.number += 1
        _promise(policy, promised)
    new = {name: value for name, value in _told(policy).items() if before[name] != value}
    if new:
        record(policy, "sla_policy_changed", by=by, old={name: before[name] for name in new}, new=new)
        db.session.flush()  # which says when that was
        believe_no_longer()


def delete_policy(policy: SlaPolicy, *, by: Person | None) -> None:
    """Promise it no longer. What runs already goes on."""
    policy.deleted_at = now()
    record(policy, "sla_policy_deleted", by=by, old=_told(policy))


def _promise(policy: SlaPolicy, promised: Mapping[str, Any]) -> None:
    check_query(promised["query"])
    targets = [SlaTarget(**one) for one in promised["targets"]]
    _check_targets(targets)
    said = {name: promised[name] for name in ("title", "query")}
    version = SlaVersion(
        policy_id=policy.id,
        number=policy.number,
        description=promised.get("description", ""),
        targets=targets,
        **said,
    )
    db.session.add(version)
    db.session.flush()
    set_committed_value(policy, "version", version)


def _check_targets(targets: Sequence[SlaTarget]) -> None:
    if not targets:
        raise Invalid("A policy must promise something.", field="targets")
    seen = set()
    for number, one in enumerate(targets):
        if (one.metric, one.priority) in seen:
            whom = f"the priority {one.priority}" if one.priority else "all other priorities"
            raise Invalid(f"There is a target of {one.metric} for {whom} already.", field=f"targets.{number}")
        seen.add((one.metric, one.priority))


def _plain(name: str, value: Any) -> Any:
    """What is promised, as the log tells it and a version compares it."""
    if name == "query":
        return dict(value)
    if name == "targets":
        return [{"priority": None, **one} for one in value]
    return value


def _told(policy: SlaPolicy) -> dict[str, Any]:
    version = policy.version
    return {
        "title": version.title,
        "description": version.description,
        "query": version.query,
        "targets": [told_target(one) for one in version.targets],
        "sort_order": policy.sort_order,
        "enabled": policy.enabled,
    }


def told_target(target: SlaTarget) -> dict[str, Any]:
    """A target as it is said."""
    return {name: getattr(target, name) for name in ("metric", "priority", "goal", "hours")}

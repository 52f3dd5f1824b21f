"""Policies: what is promised of which cases. Whatever is promised anew is a new version; the old ones stay."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from app.cases.models import Case
from app.clock import now
from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import db
from app.listing.numbered import Counted, Stretch, counted
from app.people.models import Person
from app.sla.fitting import believe_no_longer, check_query
from app.sla.models import SlaPolicy, SlaTarget, SlaVersion

MOST = 100
LONGEST_GOAL = 3650 * 86_400
PROMISED = ("title", "description", "query", "targets")


def policies_page(*, after: int, limit: int) -> list[SlaPolicy]:
    """Policies from the oldest on, from those behind ``after``, with their versions."""
    query = _there().where(SlaPolicy.id > after).order_by(SlaPolicy.id).limit(limit)
    return list(db.session.scalars(query))


def numbered_policies(page: Stretch) -> Counted[SlaPolicy]:
    """The same by the number of the page, in the order in which they are tried."""
    return counted(_there().order_by(SlaPolicy.sort_order, SlaPolicy.id), page)


def policy_by_uuid(uuid: UUID) -> SlaPolicy:
    """Raises NotFound."""
    return _found(db.session.scalar(_there().where(SlaPolicy.uuid == uuid)))


def policy_by_id(number: int) -> SlaPolicy:
    """Raises NotFound."""
    return _found(db.session.scalar(_there().where(SlaPolicy.id == number)))


def policies_numbered(ids: Collection[int]) -> Mapping[int, SlaPolicy]:
    """The policies with these ids, as far as they are there."""
    return {one.id: one for one in db.session.scalars(_there().where(SlaPolicy.id.in_(ids)))}


def versions_numbered(ids: Collection[int]) -> Mapping[int, SlaVersion]:
    """The versions with these ids, by their ids, with their targets and policies."""
    query = select(SlaVersion).where(SlaVersion.id.in_(ids)).options(joinedload(SlaVersion.policy))
    return {one.id: one for one in db.session.scalars(query)} if ids else {}


def version_of(case: Case) -> SlaVersion | None:
    """What is promised of a case, as it was promised then."""
    number = case.sla_version_id
    return versions_numbered([number])[number] if number else None


def _there() -> Select[SlaPolicy]:
    return select(SlaPolicy).where(SlaPolicy.deleted_at.is_(None)).options(joinedload(SlaPolicy.version))


def _found(policy: SlaPolicy | None) -> SlaPolicy:
    if policy is None:
        raise NotFound("There is no such policy.")
    return policy


def create_policy(
    promised: Mapping[str, Any], *, sort_order: int = 0, enabled: bool = True, by: Person | None
) -> SlaPolicy:
    """Promise something of cases that are opened from now on: ``title``, ``description``, ``query``, ``targets``.

    Raises Invalid, naming the field, for what cannot be promised, Conflict when there are too many.
    """
    if (db.session.scalar(select(func.count()).select_from(_there().subquery())) or 0) >= MOST:
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

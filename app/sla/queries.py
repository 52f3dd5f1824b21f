"""Finding policies, and what was promised of a case."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.cases.models import Case
from app.errors import NotFound
from app.extensions import db
from app.listing.numbered import Counted, Stretch, counted
from app.sla.models import SlaPolicy, SlaVersion


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


def policies_numbered(ids: Collection[int]) -> Mapping[int, SlaPolicy]:
    """The policies with these ids, as far as they are there."""
    return {one.id: one for one in db.session.scalars(_there().where(SlaPolicy.id.in_(ids)))}


def versions_numbered(ids: Collection[int]) -> Mapping[int, SlaVersion]:
    """The versions with these ids, by their ids, with their targets and policies, in one statement."""
    whole = joinedload(SlaVersion.policy), joinedload(SlaVersion.targets)
    query = select(SlaVersion).where(SlaVersion.id.in_(ids)).options(*whole)
    return {one.id: one for one in db.session.scalars(query).unique()} if ids else {}


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

"""Organizations: the companies of customers, and the domains by which their people are known."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import db
from app.people.meta import merged_meta
from app.people.models import Organization, OrganizationDomain, Person, Team
from app.people.wording import one_line

MOST_DOMAINS = 100
LONGEST_ADDRESS = 2000
NAME = r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}"
DOMAIN = re.compile(rf"(?=.{{4,253}}\Z){NAME}", re.ASCII)

AT_DOMAIN = (
    select(Organization)
    .join(OrganizationDomain)
    .where(OrganizationDomain.domain == bindparam("domain"), Organization.disabled_at.is_(None))
    .limit(2)
)


def organization_by_uuid(uuid: UUID) -> Organization:
    """Raises NotFound."""
    found = db.session.scalar(select(Organization).where(Organization.uuid == uuid, Organization.deleted_at.is_(None)))
    if found is None:
        raise NotFound("There is no such organization.")
    return found


def organizations_page(*, after: int, limit: int) -> list[Organization]:
    """Organizations in the order of their ids, those that are no longer in use too."""
    query = select(Organization).where(Organization.id > after, Organization.deleted_at.is_(None))
    query = query.options(selectinload(Organization.default_team))
    return list(db.session.scalars(query.order_by(Organization.id).limit(limit)))


def members_page(organization: Organization, *, after: int, limit: int) -> list[Person]:
    """The persons of an organization in the order of their ids."""
    query = select(Person).where(Person.organization_id == organization.id, Person.id > after)
    query = query.where(Person.deleted_at.is_(None)).options(selectinload(Person.organization))
    return list(db.session.scalars(query.order_by(Person.id).limit(limit)))


def organization_at(domain: str) -> Organization | None:
    """The one organization in use that has this domain; none where several have it."""
    found = db.session.scalars(AT_DOMAIN, {"domain": domain.lower()}).all()
    return found[0] if len(found) == 1 else None


def create_organization(name: str, more: Mapping[str, Any], *, by: Person | None) -> Organization:
    """Make an organization. Raises Invalid, or Conflict for an ``external_id`` that is taken.

    ``more`` is what ``change_organization`` takes.
    """
    organization = Organization(name=one_line(name, field="name"), note="", address="", meta={})
    db.session.add(organization)
    db.session.flush()
    _apply(organization, more)
    record(organization, "organization_created", by=by, new=told(organization))
    return organization


def change_organization(organization: Organization, changes: Mapping[str, Any], *, by: Person | None) -> None:
    """Change any of ``name``, ``external_id``, ``domains``, ``note``, ``address``, ``default_team`` (which is given the
    new cases of its people) and ``meta``, which is merged key by key.

    Raises Invalid, or Conflict for an ``external_id`` that is taken.
    """
    before = told(organization)
    _apply(organization, changes)
    after = told(organization)
    if before != after:
        changed = [name for name in after if after[name] != before[name]]
        old, new = ({name: values[name] for name in changed} for values in (before, after))
        record(organization, "organization_changed", by=by, old=old, new=new)


def told(organization: Organization) -> dict[str, Any]:
    """What is said of an organization, as the log keeps it."""
    return {
        "name": organization.name,
        "external_id": organization.external_id,
        "domains": [one.domain for one in organization.domains],
        "note": organization.note,
        "address": organization.address,
        "default_team": str(organization.default_team.uuid) if organization.default_team else None,
        "meta": organization.meta,
    }


def _apply(organization: Organization, changes: Mapping[str, Any]) -> None:
    if "name" in changes:
        organization.name = one_line(changes["name"], field="name")
    if "external_id" in changes:
        organization.external_id = _free_id(organization, changes["external_id"])
    if "domains" in changes:
        _set_domains(organization, changes["domains"])
    if "default_team" in changes:
        organization.default_team = _in_use(changes["default_team"])
    for name in ("note", "address"):
        setattr(organization, name, changes.get(name, getattr(organization, name)))
    organization.meta = merged_meta(organization.meta, changes.get("meta", {}))


def _in_use(team: Team | None) -> Team | None:
    if team is not None and (team.disabled_at or team.deleted_at):
        raise Invalid("This team is no longer in use.", field="default_team")
    return team


def _free_id(organization: Organization, text: str | None) -> str | None:
    if text is None:
        return None
    text = one_line(text, field="external_id")
    query = select(Organization).where(Organization.external_id == text, Organization.id != organization.id)
    owner = db.session.scalar(query)
    if owner is not None:
        raise Conflict(
            f"The organization {owner.name} has this id already.",
            field="external_id",
            organization=str(owner.uuid),
        )
    return text


def _set_domains(organization: Organization, domains: Iterable[str]) -> None:
    wanted = sorted({clean_domain(one) for one in domains})
    if len(wanted) > MOST_DOMAINS:
        raise Invalid(f"There must be at most {MOST_DOMAINS} domains.", field="domains")
    present = {one.domain: one for one in organization.domains}
    organization.domains = [present.get(one) or OrganizationDomain(domain=one) for one in wanted]


def clean_domain(text: str) -> str:
    """A domain as we keep it (``xn--...``). Raises Invalid."""
    try:
        domain = text.strip().lower().encode("idna").decode()
    except UnicodeError:
        domain = ""
    if not DOMAIN.fullmatch(domain):
        raise Invalid("Each must be a domain, such as example.com.", field="domains")
    return domain

"""The domains of organizations, as some dialects know them: each by a number of its own."""

from collections.abc import Collection

from sqlalchemy import select

from app.errors import NotFound
from app.extensions import db
from app.listing.numbered import Counted, Stretch, counted
from app.people.models import Organization, OrganizationDomain, Person
from app.people.organizations import change_organization, clean_domain


def domains_numbered(ids: Collection[int]) -> dict[int, OrganizationDomain]:
    """The domains with these ids."""
    query = select(OrganizationDomain).where(OrganizationDomain.id.in_(ids))
    return {one.id: one for one in db.session.scalars(query)}


def domain_numbered(number: int) -> OrganizationDomain:
    """Raises NotFound."""
    found = domains_numbered([number]).get(number)
    if found is None:
        raise NotFound("There is no such domain.")
    return found


def domains_page(organization_id: int | None, page: Stretch) -> Counted[OrganizationDomain]:
    """Domains, of one organization or of all, in the order of their ids."""
    query = select(OrganizationDomain)
    if organization_id is not None:
        query = query.where(OrganizationDomain.organization_id == organization_id)
    return counted(query.order_by(OrganizationDomain.id), page)


def add_domain(organization: Organization, domain: str, *, by: Person | None) -> OrganizationDomain:
    """Give an organization a domain. One that it has already stays. Raises Invalid."""
    wanted = clean_domain(domain)
    change_organization(organization, {"domains": [wanted, *_names(organization)]}, by=by)
    db.session.flush()
    return next(one for one in organization.domains if one.domain == wanted)


def remove_domain(domain: OrganizationDomain, *, by: Person | None) -> None:
    """Take a domain away from its organization. Whoever came by it stays."""
    organization = domain.organization
    left = [one for one in _names(organization) if one != domain.domain]
    change_organization(organization, {"domains": left}, by=by)


def _names(organization: Organization) -> list[str]:
    return [one.domain for one in organization.domains]

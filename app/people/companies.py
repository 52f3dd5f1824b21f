"""Organizations as some dialects know them: by number and by name, with how many people each has."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.errors import NotFound
from app.extensions import db
from app.listing.filters import Condition
from app.listing.fragments import Fragment
from app.listing.numbered import Counted, Stretch, counted
from app.people.fragments import ORGANIZATIONS
from app.people.models import Organization, OrganizationDomain, Person
from app.people.organizations import create_organization
from app.people.profile import join_organization


def organization_numbered(number: int) -> Organization:
    """Raises NotFound."""
    found = db.session.get(Organization, number)
    if found is None or found.deleted_at:
        raise NotFound("There is no such organization.")
    return found


def numbered_organizations(conditions: Sequence[Condition], page: Stretch) -> Counted[Organization]:
    """Organizations of which all this holds, from the oldest on."""
    query = select(Organization).where(Organization.deleted_at.is_(None), *conditions).order_by(Organization.id)
    return counted(query.options(selectinload(Organization.default_team)), page)


def organizations_known(ids: Collection[int]) -> dict[int, Organization]:
    """The organizations with these ids and their domains, in one statement: those that are gone, too."""
    query = select(Organization).where(Organization.id.in_(ids)).options(joinedload(Organization.domains))
    return {one.id: one for one in db.session.scalars(query).unique()}


def known_as(external_ids: Iterable[str]) -> Condition:
    """Organizations with one of these ids in a system of the integrator's own."""
    return Organization.external_id.in_(external_ids)


def called_with(pieces: Sequence[Fragment]) -> Condition:
    """Organizations whose name has one of these pieces. Raises ValueError, with the end of a sentence."""
    return ORGANIZATIONS.matching(*pieces)


def with_domain(domains: Iterable[str]) -> Condition:
    """Organizations that have one of these domains."""
    wanted = [one.strip().lower() for one in domains]
    return Organization.id.in_(select(OrganizationDomain.organization_id).where(OrganizationDomain.domain.in_(wanted)))


def organization_called(name: str, *, by: Person | None) -> Organization:
    """The organization of this name, the oldest if there are several; a new one when there is none. Raises Invalid."""
    called = select(Organization).where(Organization.name == name.strip(), Organization.deleted_at.is_(None))
    found = db.session.scalars(called.order_by(Organization.id).limit(1)).first()
    return found or create_organization(name, {}, by=by)


def let_in(organization: Organization, people: Iterable[Person], *, by: Person | None) -> None:
    """Let persons belong to an organization, wherever they belonged before."""
    for person in people:
        join_organization(person, organization, by=by)


def let_out(organization: Organization, people: Iterable[Person], *, by: Person | None) -> None:
    """Let those of some persons who belong to an organization belong to none."""
    for person in people:
        if person.organization_id == organization.id:
            join_organization(person, None, by=by)


def sizes(ids: Collection[int]) -> Mapping[int, int]:
    """How many people each of these organizations has."""
    query = select(Person.organization_id, func.count()).where(Person.organization_id.in_(ids))
    found = db.session.execute(query.where(Person.deleted_at.is_(None)).group_by(Person.organization_id))
    return dict.fromkeys(ids, 0) | {id: count for id, count in found if id is not None}

"""Organizations."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.schemas.organizations import NewOrganization, OrganizationChange
from app.api.casey.views.organizations import OrganizationAnswer, organization_view
from app.api.casey.views.persons import PersonAnswer, person_view
from app.api.casey.views.shapes import page, page_of
from app.people.access import Act
from app.people.organizations import (
    change_organization,
    create_organization,
    delete_organization,
    members_page,
    organization_by_uuid,
    organizations_page,
)


@route("/organizations", "POST", Act.CHANGE_PERSONS, takes=NewOrganization, answers=OrganizationAnswer, status=201)
def create(new: Json) -> Answer:
    """Make an organization."""
    return organization_view(create_organization(new.pop("name"), new, by=caller().person))


@route("/organizations", "GET", Act.READ_PERSONS, asks=Page, answers=page_of(OrganizationAnswer))
def index(asked: Json) -> Answer:
    """Organizations from the oldest on."""
    found = organizations_page(after=asked["cursor"] or 0, limit=asked["limit"])
    return page([organization_view(one) for one in found], found[-1].id if len(found) == asked["limit"] else None)


@route("/organizations/<uuid:uuid>", "GET", Act.READ_PERSONS, answers=OrganizationAnswer)
def show(uuid: UUID) -> Answer:
    """One organization."""
    return organization_view(organization_by_uuid(uuid))


@route("/organizations/<uuid:uuid>", "PATCH", Act.CHANGE_PERSONS, takes=OrganizationChange, answers=OrganizationAnswer)
def change(uuid: UUID, new: Json) -> Answer:
    """Change what is said of an organization."""
    organization = organization_by_uuid(uuid)
    change_organization(organization, new, by=caller().person)
    return organization_view(organization)


@route("/organizations/<uuid:uuid>", "DELETE", Act.CHANGE_PERSONS, answers=OrganizationAnswer)
def delete(uuid: UUID) -> Answer:
    """Delete an organization; its people stay. Its last state is the answer."""
    organization = organization_by_uuid(uuid)
    found = organization_view(organization)
    delete_organization(organization, by=caller().person)
    return found


@route("/organizations/<uuid:uuid>/members", "GET", Act.READ_PERSONS, asks=Page, answers=page_of(PersonAnswer))
def members(uuid: UUID, asked: Json) -> Answer:
    """The persons of an organization, from the oldest on."""
    found = members_page(organization_by_uuid(uuid), after=asked["cursor"] or 0, limit=asked["limit"])
    return page([person_view(one) for one in found], found[-1].id if len(found) == asked["limit"] else None)

"""Organizations."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.schemas.organizations import NewOrganization, OrganizationChange
from app.api.casey.views.organizations import OrganizationAnswer, organization_view
from app.api.casey.views.persons import PersonAnswer, person_view
from app.api.casey.views.shapes import page, page_of
from app.api.naming import named
from app.people.access import Act
from app.people.ending import (
    block_organization,
    delete_organization,
    disable_organization,
    enable_organization,
    unblock_organization,
)
from app.people.models import Organization
from app.people.organizations import (
    change_organization,
    create_organization,
    members_page,
    organization_by_uuid,
    organizations_page,
)
from app.people.teams import team_by_uuid


@route("/organizations", "POST", Act.CHANGE_PERSONS, takes=NewOrganization, answers=OrganizationAnswer, status=201)
def create(new: Json) -> Answer:
    """Make an organization."""
    return organization_view(create_organization(new.pop("name"), _with_team(new), by=caller().person))


def _with_team(new: Json) -> Json:
    """The same with the team itself in the place of its uuid."""
    if "default_team" not in new:
        return new
    return {**new, "default_team": named(new["default_team"], team_by_uuid, field="default_team")}


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
    """Change what is said of an organization, or use it no longer."""
    organization = organization_by_uuid(uuid)
    if "disabled" in new:
        _set_disabled(organization, disabled=new.pop("disabled"))
    change_organization(organization, _with_team(new), by=caller().person)
    return organization_view(organization)


def _set_disabled(organization: Organization, *, disabled: bool) -> None:
    change = disable_organization if disabled else enable_organization
    change(organization, by=caller().person)


@route("/organizations/<uuid:uuid>/block", "POST", Act.CHANGE_PERSONS, answers=OrganizationAnswer)
def block(uuid: UUID) -> Answer:
    """Have nothing more to do with its customers: nothing they write is taken, and nothing is sent to them."""
    organization = organization_by_uuid(uuid)
    block_organization(organization, by=caller().person)
    return organization_view(organization)


@route("/organizations/<uuid:uuid>/unblock", "POST", Act.CHANGE_PERSONS, answers=OrganizationAnswer)
def unblock(uuid: UUID) -> Answer:
    """Let its customers write and be written to again."""
    organization = organization_by_uuid(uuid)
    unblock_organization(organization, by=caller().person)
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

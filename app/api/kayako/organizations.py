"""Organizations: the companies of customers."""

from app.api.auth import caller
from app.api.kayako.asking import users_asked
from app.api.kayako.envelope import Done, Many, One
from app.api.kayako.finding import number_in
from app.api.kayako.own_fields import read_values
from app.api.kayako.paging import Offset
from app.api.kayako.people import under_their_names
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.people import Named, NewOrganization, OrganizationChange
from app.api.kayako.schemas.users import Known, Members
from app.api.kayako.views.organizations import ORGANIZATION
from app.api.kayako.views.users import USER
from app.cases.custom_fields import FieldLevel
from app.cases.field_values import fill_fields
from app.people.access import Act
from app.people.companies import known_as, numbered_organizations, organization_numbered
from app.people.ending import delete_organization
from app.people.everybody import everybody
from app.people.models import Organization
from app.people.organizations import change_organization, create_organization

SCOPE = "users"
FACTS = {"name": "name", "legacy_id": "external_id", "domains": "domains"}


@route("/organizations", "GET", Act.READ_PERSONS, asks=Known, shows=ORGANIZATION, many=True, scope=SCOPE)
def index(asked: Json) -> Answer:
    """Organizations from the oldest on, or those that are asked for."""
    page = Offset.asked(asked)
    found = numbered_organizations([known_as(asked["legacy_ids"])] if "legacy_ids" in asked else [], page)
    return Many(ORGANIZATION, found.rows, found.total, page)


@route("/organizations/<organization>", "GET", Act.READ_PERSONS, shows=ORGANIZATION, scope=SCOPE)
def show(organization: str) -> Answer:
    """One organization."""
    return One(ORGANIZATION, organization_at(organization))


@route("/organizations", "POST", Act.CHANGE_PERSONS, takes=NewOrganization, shows=ORGANIZATION, status=201, scope=SCOPE)
def create(new: Json) -> Answer:
    """Make an organization."""
    said = _facts(new)
    with under_their_names(name="name"):
        organization = create_organization(said.pop("name"), said, by=caller().person)
    _fill(organization, new)
    return One(ORGANIZATION, organization)


def _facts(new: Json) -> Json:
    return {ours: new[theirs] or ([] if ours == "domains" else None) for theirs, ours in FACTS.items() if theirs in new}


def _fill(organization: Organization, new: Json) -> None:
    values = read_values(FieldLevel.ORGANIZATION, new.get("field_values") or {})
    with under_their_names():
        fill_fields(FieldLevel.ORGANIZATION, organization, values, by=caller().person)


@route(
    "/organizations/<organization>",
    "PUT",
    Act.CHANGE_PERSONS,
    takes=OrganizationChange,
    shows=ORGANIZATION,
    scope=SCOPE,
)
def update(organization: str, new: Json) -> Answer:
    """Change what is said of an organization."""
    found = organization_at(organization)
    with under_their_names(name="name"):
        change_organization(found, _facts(new), by=caller().person)
    _fill(found, new)
    return One(ORGANIZATION, found)


@route("/organizations/<organization>", "DELETE", Act.CHANGE_PERSONS, scope=SCOPE)
def delete(organization: str) -> Answer:
    """Delete an organization; its people stay."""
    delete_organization(organization_at(organization), by=caller().person)
    return Done()


@route("/organizations", "DELETE", Act.CHANGE_PERSONS, asks=Named, scope=SCOPE)
def delete_several(asked: Json) -> Answer:
    """Delete several organizations, all of them or none."""
    found = [organization_numbered(one) for one in asked["ids"]]
    for one in found:
        delete_organization(one, by=caller().person)
    return Done(len(found))


def organization_at(organization: str) -> Organization:
    """The organization with the id that is a part of an address. Raises NotFound."""
    return organization_numbered(number_in(organization))


@route(
    "/organizations/<organization>/members",
    "GET",
    Act.READ_PERSONS,
    asks=Members,
    shows=USER,
    many=True,
    scope=SCOPE,
)
def members(organization: str, asked: Json) -> Answer:
    """The people of an organization, from the newest back."""
    page = Offset.asked(asked)
    found = everybody(users_asked({**asked, "organization": [organization_at(organization).id]}), page)
    return Many(USER, found.rows, found.total, page)

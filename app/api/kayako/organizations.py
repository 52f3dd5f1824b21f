"""Organizations: the companies of customers."""

from app.api.kayako.asking import users_asked
from app.api.kayako.envelope import Many, One
from app.api.kayako.finding import number_in
from app.api.kayako.paging import Offset
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.users import Known, Members
from app.api.kayako.views.organizations import ORGANIZATION
from app.api.kayako.views.users import USER
from app.people.access import Act
from app.people.companies import known_as, numbered_organizations, organization_numbered
from app.people.everybody import everybody
from app.people.models import Organization

SCOPE = "users"


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

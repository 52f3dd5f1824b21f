"""The operator's own fields of users and organizations, which are made and changed by the native API, and what users
are narrowed by.
"""

from app.api.kayako.envelope import Many
from app.api.kayako.finding import one_at
from app.api.kayako.listing import few
from app.api.kayako.paging import Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.views.definitions import DEFINITION
from app.api.kayako.views.fields import ORGANIZATION_FIELD, USER_FIELD
from app.api.kayako.views.user_definitions import definitions
from app.cases.custom_fields import FieldLevel
from app.cases.field_definitions import fields_at
from app.people.access import Act

SCOPE = "users"


@route("/users/fields", "GET", Act.READ_PERSONS, shows=USER_FIELD, many=True, scope=SCOPE)
def users() -> Answer:
    """Every field of users."""
    found = fields_at(FieldLevel.PERSON)
    return Many(USER_FIELD, found, len(found))


@route("/users/fields/<field>", "GET", Act.READ_PERSONS, shows=USER_FIELD, scope=SCOPE)
def user(field: str) -> Answer:
    """One of them."""
    return one_at(USER_FIELD, field)


@route("/users/definitions", "GET", Act.READ_PERSONS, asks=Paged, shows=DEFINITION, many=True, scope=SCOPE)
def user_definitions(asked: Json) -> Answer:
    """What users can be narrowed by."""
    return few(DEFINITION, definitions(), asked)


@route("/organizations/fields", "GET", Act.READ_PERSONS, shows=ORGANIZATION_FIELD, many=True, scope=SCOPE)
def organizations() -> Answer:
    """Every field of organizations."""
    found = fields_at(FieldLevel.ORGANIZATION)
    return Many(ORGANIZATION_FIELD, found, len(found))


@route("/organizations/fields/<field>", "GET", Act.READ_PERSONS, shows=ORGANIZATION_FIELD, scope=SCOPE)
def organization(field: str) -> Answer:
    """One of them."""
    return one_at(ORGANIZATION_FIELD, field)

"""By what users are narrowed, on Kayako's wire: what predicates may compare."""

from collections.abc import Mapping

from app.api.kayako.predicates import CONTAINS, DIFFERS, EQUALS, FINDERS, OWN
from app.api.kayako.views.definitions import AUTOCOMPLETE, BOOLEAN, INPUTS_OF_FIELDS, OPTIONS, STRING, Definition
from app.api.kayako.views.roles import ROLES
from app.cases.criteria import FREE_TEXTS
from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.field_definitions import fields_at

GROUP = "USERS"
LABELS: Mapping[str, str] = {
    "users.fullname": "Name",
    "users.organizationid": "Organization",
    "users.timezone": "Time zone",
    "users.isenabled": "Enabled",
    "roles.type": "Role",
    "identityemails.address": "E-mail address",
    "identityphones.number": "Telephone",
    "identitytwitter.screenname": "Twitter",
    "identityfacebook.name": "Facebook",
}
INPUTS: Mapping[str, str] = {
    "users.organizationid": AUTOCOMPLETE,
    "users.isenabled": BOOLEAN,
    "roles.type": OPTIONS,
}


def definitions() -> list[Definition]:
    """What every user has, and what is the operator's own."""
    return [*map(_of_everybody, FINDERS), *map(_of_field, fields_at(FieldLevel.PERSON))]


def _of_everybody(name: str) -> Definition:
    by_pieces = FINDERS[name][0] is not None
    values = {str(number): role.upper() for number, role in ROLES.items()} if name == "roles.type" else {}
    return Definition(name, LABELS[name], _operators(by_pieces=by_pieces), GROUP, INPUTS.get(name, STRING), values)


def _of_field(own: CustomField) -> Definition:
    values = {str(one.id): one.title for one in own.options}
    operators = _operators(by_pieces=own.type in FREE_TEXTS)
    return Definition(f"{OWN}{own.key}", own.title, operators, GROUP, INPUTS_OF_FIELDS.get(own.type, STRING), values)


def _operators(*, by_pieces: bool) -> tuple[str, ...]:
    return (CONTAINS, EQUALS, DIFFERS) if by_pieces else (EQUALS, DIFFERS)

"""Smart lists of users: which of them fulfil some propositions, joined by AND and OR."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from app.api.kayako.views.roles import ROLES
from app.api.lenient import FLAGS, LARGEST_ID
from app.cases.criteria import FREE_TEXTS, saying
from app.cases.custom_fields import FieldLevel
from app.cases.field_definitions import fields_keyed
from app.errors import Invalid
from app.listing.filters import Condition
from app.listing.fragments import Fragment
from app.people import narrowing
from app.people.everybody import being, enabled
from app.people.models import IdentityKind, Person, Role

CONTAINS, EQUALS, DIFFERS = "string_contains_insensitive", "comparison_equalto", "comparison_not_equalto"
AND, OR = "AND", "OR"
FIELD = "predicates"
OWN = "userfields."

Json = dict[str, Any]
Find = Callable[[str], Condition]
# What a field is compared by: what holds it as a piece, if that can be asked, and what is just it.
Finders = tuple[Find | None, Find]


def _in(kind: IdentityKind) -> Finders:
    return (
        lambda text: narrowing.reached_at(kind, [Fragment(text)]),
        lambda text: narrowing.known_by(kind, [text]),
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 11 and int(text) <= LARGEST_ID):
        raise ValueError("must be compared with a number")
    return int(text)


def _roles(text: str) -> Condition:
    """By the id of a role, as /roles lists them, or by its type."""
    role = ROLES.get(_number(text)) if text.isdecimal() else None
    known = role or next((one for one in Role if one.upper() == text.upper()), None)
    if known is None:
        raise ValueError("must be compared with a role")
    return being([known])


def _enabled(text: str) -> Condition:
    if text.lower() not in FLAGS:
        raise ValueError("must be compared with true or false")
    return enabled(whether=FLAGS[text.lower()])


FINDERS: Mapping[str, Finders] = {
    "users.fullname": (lambda text: narrowing.called_with([Fragment(text)]), lambda text: narrowing.called([text])),
    "users.organizationid": (None, lambda text: narrowing.of_organizations([_number(text)])),
    "users.timezone": (None, lambda text: narrowing.reading_in([text])),
    "users.isenabled": (None, _enabled),
    "roles.type": (None, _roles),
    "identityemails.address": _in(IdentityKind.EMAIL),
    "identityphones.number": _in(IdentityKind.PHONE),
    "identitytwitter.screenname": _in(IdentityKind.TWITTER),
    "identityfacebook.name": _in(IdentityKind.FACEBOOK),
}


def fulfilling(predicates: Json) -> Condition:
    """Who fulfils these. Raises Invalid."""
    collections = [_collection(one) for one in predicates["collections"]]
    return _joined(predicates["collection_operator"], collections)


def _collection(collection: Json) -> Condition:
    return _joined(collection["proposition_operator"], [_proposition(one) for one in collection["propositions"]])


def _joined(operator: str, conditions: Sequence[Condition]) -> Condition:
    return narrowing.every(conditions) if operator == AND else narrowing.some(conditions)


def _proposition(said: Json) -> Condition:
    name, value = said["field"], said["value"].strip()
    contains, equals = _finders(name)
    try:
        if said["operator"] == EQUALS:
            return equals(value)
        if said["operator"] == DIFFERS:
            return narrowing.unlike(equals(value))
        if contains is not None and said["operator"] == CONTAINS and value:
            return contains(value)
    except ValueError as error:
        raise Invalid(f"{name} {error}.", field=FIELD) from None
    raise Invalid(f"{name} cannot be compared so.", field=FIELD)


def _finders(name: str) -> Finders:
    if name in FINDERS:
        return FINDERS[name]
    key = name.removeprefix(OWN)
    field = fields_keyed(FieldLevel.PERSON, [key]).get(key) if name.startswith(OWN) else None
    if field is None:
        raise Invalid(f"{name} is not known. Known are {', '.join(FINDERS)} and {OWN}key.", field=FIELD)
    find = partial(saying, field, owner=Person.id)
    if field.type in FREE_TEXTS:
        return lambda text: find([Fragment(text)]), lambda text: find([Fragment(text, first=True, last=True)])
    options = {str(one.id): one.key for one in field.options}
    return None, lambda text: find([options.get(text, text)])

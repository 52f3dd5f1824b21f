"""Users on Deskie's wire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from app.api.deskie.custom_fields import told_fields
from app.api.deskie.dates import told
from app.api.deskie.languages import language_id
from app.api.deskie.people import CHANNEL, confirmed
from app.api.deskie.views.shapes import Json, Shape, a_flag, a_moment, a_number, a_text, list_of
from app.api.deskie.words import CONTACTS
from app.cases.counting import cases_of_each
from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.field_definitions import fields_at
from app.cases.field_values import said_by_each
from app.people.linking import linked_with_each
from app.people.models import Identity, IdentityKind, Person

# By which name a contact is shown: of two that mean the same, the first.
NAMES: Mapping[IdentityKind, str] = {kind: name for name, kind in reversed([*CONTACTS.items()])}


class LinkedShape(Shape):
    """A user who is linked with another one."""

    user_id = a_number()
    user_full_name = a_text()


class UserShape(Shape):
    """A user. Wherever he is reached stands under its name, such as ``user_email`` or ``user_phone``."""

    user_id = a_number()
    user_full_name = a_text()
    company_name = a_text()
    company_position = a_text()
    thumbnail = a_text("Always empty.")
    confirmed = a_flag("Whether he has shown that mail to his address reaches him.")
    active = a_flag("Whether he is not blocked, and his company is not.")
    deleted = a_flag("Whether he is disabled.")
    created_at = a_moment()
    updated_at = a_moment()
    last_contact_at = a_moment()
    type = a_text("What he is reached by in the first place, such as email.")
    user_note = a_text()
    language_id = a_number("0: not known.")
    custom_fields = fields.Dict(required=True)
    linked_users = fields.List(fields.Nested(LinkedShape), required=True)
    amount_of_cases = fields.Integer()
    user_email = a_text(needed=False)
    user_phone = a_text(needed=False)
    user_whatsapp_phone = a_text(needed=False)
    user_telegram = a_text(needed=False)
    user_viber = a_text(needed=False)
    user_skype = a_text(needed=False)
    user_line = a_text(needed=False)
    user_slack = a_text(needed=False)
    user_mattermost = a_text(needed=False)
    user_avito = a_text(needed=False)
    user_vkontakte = a_text(needed=False)
    user_odnoklassniki = a_text(needed=False)
    user_facebook = a_text(needed=False)
    user_instagram = a_text(needed=False)
    user_custom_id = a_text(needed=False)
    user_custom_channel = a_text(needed=False)


UserList = list_of("user", UserShape)


class OneUser(Shape):
    """A user in his envelope."""

    user = fields.Nested(UserShape, required=True)


@dataclass(frozen=True)
class Beside:
    """What is known of several users beside their own rows, read for all of them at once."""

    fields: Sequence[CustomField]
    said: Mapping[int, Sequence[tuple[CustomField, Any]]]
    linked: Mapping[int, Sequence[Person]]
    cases: Mapping[int, int]


def one_user(person: Person) -> Json:
    """A user in his envelope."""
    return {"user": user_rows([person])[0]}


def user_rows(people: Sequence[Person], *, with_cases: bool = False) -> list[Json]:
    """Users as a list shows them; ``with_cases`` says whether to count the cases of each."""
    ids = [one.id for one in people]
    counts = cases_of_each(ids) if with_cases else {}
    said, fields = said_by_each(FieldLevel.PERSON, ids), fields_at(FieldLevel.PERSON)
    beside = Beside(fields, said, linked_with_each(ids), counts)
    return [_row(one, beside) for one in people]


def _row(person: Person, beside: Beside) -> Json:
    company = person.organization
    return {
        "user_id": person.id,
        "user_full_name": person.name,
        "company_name": company.name if company else "",
        "company_position": person.designation,
        "thumbnail": "",
        "confirmed": confirmed(person),
        "active": not (person.blocked_at or (company and company.blocked_at)),
        "deleted": person.disabled_at is not None,
        "created_at": told(person.created_at),
        "updated_at": told(person.updated_at),
        "last_contact_at": told(person.last_contact_at),
        **_contacts(person),
        "user_note": person.note,
        "language_id": language_id(person.language),
        "custom_fields": told_fields(beside.said[person.id], beside.fields),
        "linked_users": [{"user_id": one.id, "user_full_name": one.name} for one in beside.linked[person.id]],
        **({"amount_of_cases": beside.cases[person.id]} if beside.cases else {}),
    }


def _contacts(person: Person) -> Json:
    """Wherever he is reached, by the names that are used for it, and by what in the first place."""
    first = {
        one.kind: one for one in sorted(person.identities, key=lambda one: (not one.primary, one.id), reverse=True)
    }
    found: Json = {"type": next((NAMES[kind].removeprefix("user_") for kind in CONTACTS.values() if kind in first), "")}
    for kind, one in first.items():
        found |= _custom(one) if kind is IdentityKind.CUSTOM else {NAMES[kind]: one.value}
    return found


def _custom(identity: Identity) -> Json:
    """The id in a custom channel, and the channel."""
    channel, colon, rest = identity.value.partition(":")
    if colon and CHANNEL.fullmatch(channel):
        return {"user_custom_id": rest, "user_custom_channel": channel}
    return {"user_custom_id": identity.value}

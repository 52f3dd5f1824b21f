"""API keys."""

from marshmallow import fields

from app.api.casey.views.persons import PersonBrief, person_brief
from app.api.casey.views.shapes import Json, Shape, a_moment, a_part, a_text, a_uuid, a_word, many, moment
from app.people.access import Act
from app.people.credentials import ApiKey
from app.people.models import Role


class KeyAnswer(Shape):
    """An API key, without what opens anything."""

    uuid = a_uuid()
    name = a_text()
    role = a_word(Role)
    scopes = many(a_word(Act), null=True, help="What of its role the key is narrowed to; null for all of it.")
    person = a_part(PersonBrief, null=True)
    created_at = a_moment()
    last_used_at = a_moment(null=True)
    expires_at = a_moment(null=True)
    revoked_at = a_moment(null=True)


class NewKeyAnswer(KeyAnswer):
    """A key just made, with the key itself, this one time."""

    key = fields.String(required=True)


def key_view(key: ApiKey) -> Json:
    """An API key, without what opens anything."""
    return {
        "uuid": str(key.uuid),
        "name": key.name,
        "role": key.role,
        "scopes": key.scopes,
        "person": person_brief(key.person),
        "created_at": moment(key.created_at),
        "last_used_at": moment(key.last_used_at),
        "expires_at": moment(key.expires_at),
        "revoked_at": moment(key.revoked_at),
    }

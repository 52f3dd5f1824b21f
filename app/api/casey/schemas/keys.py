"""What is said about API keys."""

from marshmallow import fields

from app.api.casey.schemas.fields import TEXTS, Strict, one_of, text
from app.people.models import Role


class NewKey(Strict):
    """Body of POST /api-keys. Without a person the key is the operator's own."""

    person = fields.UUID(
        load_default=None,
        allow_none=True,
        error_messages={**TEXTS, "invalid_uuid": "This must be the uuid of a person."},
    )
    role = one_of(Role, required=True)
    name = text(200, required=True)

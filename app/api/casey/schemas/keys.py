"""What is said about API keys."""

from marshmallow import fields, validate

from app.api.casey.schemas.fields import TEXTS, Page, Strict, a_time, a_uuid_of, one_of, text
from app.people.access import Act
from app.people.audit import AUDITED
from app.people.models import Role


class NewKey(Strict):
    """Body of POST /api-keys. Without a person the key is the operator's own; without scopes its role alone counts."""

    person = a_uuid_of("a person", load_default=None, allow_none=True)
    role = one_of(Role, required=True, metadata={"examples": [Role.AGENT]})
    name = text(200, required=True, like="The shop")
    expires_at = a_time(load_default=None, allow_none=True)
    scopes = fields.List(
        one_of(Act),
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, error="There must be at least one scope; leave it out for all of the role."),
        error_messages={**TEXTS, "invalid": "This must be an array of scopes."},
    )


class KeyChange(Strict):
    """Body of PATCH /api-keys/{uuid}."""

    name = text(200, like="The shop")
    expires_at = a_time(allow_none=True)


class AuditPage(Page):
    """Query of the audit log."""

    name = fields.String(
        load_default=None, validate=validate.OneOf(AUDITED, error="No event of this name is in the audit log.")
    )

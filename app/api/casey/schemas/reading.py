"""What is said about how far a case was read."""

from marshmallow import fields

from app.api.casey.schemas.fields import TEXTS, Strict, address

NO_UUID = "This must be the UUID of a message or a note."


class ReadAsked(Strict):
    """Query of GET /cases/{uuid}/read."""

    sender = address(required=True, data_key="from")


class Read(Strict):
    """Body of POST /cases/{uuid}/read."""

    sender = address(required=True, data_key="from")
    post = fields.UUID(
        error_messages={**TEXTS, "invalid_uuid": NO_UUID, "invalid": NO_UUID},
        metadata={"description": "The last message or note that was read; all there are, if it is left out."},
    )

"""What is said about several cases together."""

from marshmallow import fields, validate

from app.api.casey.schemas.fields import TEXTS, Strict, flag, one_of, text
from app.cases.case_links import CaseLinkKind

MOST_MOVED = 200
NO_UUID = "This must be the UUID of a case."


def case_uuid() -> fields.UUID:
    """The UUID of a case."""
    return fields.UUID(required=True, error_messages={**TEXTS, "invalid_uuid": NO_UUID, "invalid": NO_UUID})


class NewCaseLink(Strict):
    """Body of POST /cases/{uuid}/links."""

    case = case_uuid()
    kind = one_of(CaseLinkKind, required=True)


class Merge(Strict):
    """Body of POST /cases/{uuid}/merge."""

    into = case_uuid()
    share = flag(load_default=False)


class Split(Strict):
    """Body of POST /cases/{uuid}/split."""

    messages = fields.List(
        fields.UUID(error_messages={**TEXTS, "invalid_uuid": "This must be the UUID of a message."}),
        required=True,
        validate=validate.Length(1, MOST_MOVED, error=f"There must be 1 to {MOST_MOVED} messages."),
        error_messages={**TEXTS, "invalid": "This must be an array of UUIDs."},
    )
    subject = text(500, required=True, like="The other bug")

"""What is said about several cases together."""

from marshmallow import fields

from app.api.casey.schemas.fields import TEXTS, Strict, one_of
from app.cases.case_links import CaseLinkKind

NO_UUID = "This must be the UUID of a case."


def case_uuid() -> fields.UUID:
    """The UUID of a case."""
    return fields.UUID(required=True, error_messages={**TEXTS, "invalid_uuid": NO_UUID, "invalid": NO_UUID})


class NewCaseLink(Strict):
    """Body of POST /cases/{uuid}/links."""

    case = case_uuid()
    kind = one_of(CaseLinkKind, required=True)

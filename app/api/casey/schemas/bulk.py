"""What is said about bulk work."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from app.api.casey.schemas.cases import Creator
from app.api.casey.schemas.fields import TEXTS, Page, Strict, a_time, one_of, text
from app.api.casey.schemas.labels import tag_names
from app.api.casey.schemas.meta import own_data
from app.bulk.acts import ON_CASES
from app.bulk.models import RowStatus
from app.cases.models import PostKind, Priority, Status
from app.cases.posting import LONGEST_BODY

MOST_CASES = 10_000
MOST_MESSAGES = 10_000
TAGGING = {"tag", "untag"}


class BulkOrder(Strict):
    """Body of POST /bulk/cases."""

    act = fields.String(
        required=True,
        validate=validate.OneOf(list(ON_CASES), error=f"This must be {' or '.join(ON_CASES)}."),
        error_messages={**TEXTS, "invalid": "This must be a string."},
    )
    cases = fields.List(
        fields.UUID(error_messages={"invalid_uuid": "This must be the uuid of a case."}),
        required=True,
        validate=validate.Length(1, MOST_CASES, error=f"There must be 1 to {MOST_CASES:,} cases."),
        error_messages={**TEXTS, "invalid": "This must be an array of uuids."},
    )
    tags = tag_names()

    @validates_schema
    def _tags_where_they_belong(self, found: dict[str, Any], **_: Any) -> None:
        if (found["act"] in TAGGING) != ("tags" in found):
            raise ValidationError("Tags go with the acts tag and untag, which need them.", "tags")


class ImportedMessage(Strict):
    """A message or note of an imported case."""

    sender = text(320, required=True, data_key="from")
    name = text(200, least=0)
    message = text(LONGEST_BODY, required=True)
    kind = one_of(PostKind)
    external_id = text(200)
    created_at = a_time(required=True)


class ImportedCase(Strict):
    """A line of POST /imports/cases."""

    external_id = text(200, required=True)
    creator = fields.Nested(Creator, required=True, error_messages={**TEXTS, "type": "This must be a JSON object."})
    subject = text(500, required=True)
    status = one_of(Status)
    priority = one_of(Priority)
    category = text(100, allow_none=True)
    tags = tag_names()
    meta = own_data()
    created_at = a_time(required=True)
    messages = fields.List(
        fields.Nested(ImportedMessage, error_messages={"type": "This must be a JSON object."}),
        required=True,
        validate=validate.Length(1, MOST_MESSAGES, error=f"There must be 1 to {MOST_MESSAGES:,} messages."),
        error_messages={**TEXTS, "invalid": "This must be an array of messages."},
    )


class ImportQuery(Strict):
    """Query of POST /imports/cases."""

    what_is_right = fields.Boolean(
        data_key="partial", load_default=False, error_messages={"invalid": "This must be true or false."}
    )


class RowsPage(Page):
    """Query of the list of the rows of a job."""

    status = one_of(RowStatus, load_default=None)

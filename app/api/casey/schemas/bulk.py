"""What is said about bulk work."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from app.api.casey.schemas.fields import TEXTS, Page, Strict, one_of
from app.api.casey.schemas.labels import tag_names
from app.bulk.acts import ON_CASES
from app.bulk.models import RowStatus

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


class RowsPage(Page):
    """Query of the list of the rows of a job."""

    status = one_of(RowStatus, load_default=None)

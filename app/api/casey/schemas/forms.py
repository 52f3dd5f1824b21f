"""What is said about forms."""

from typing import Any

from marshmallow import fields, validate

from app.api.casey.schemas.fields import TEXTS, Strict, flag, line, text, whole
from app.cases.field_definitions import MOST_FIELDS
from app.cases.forms import LONGEST_DESCRIPTION, LONGEST_TITLE

FARTHEST = 10_000


def keys_of_fields(**options: Any) -> fields.List[str]:
    """Keys of fields of cases, in their order."""
    return fields.List(
        text(100, like="order_number"),
        validate=validate.Length(max=MOST_FIELDS, error=f"There must be at most {MOST_FIELDS} fields."),
        error_messages={**TEXTS, "invalid": "This must be an array."},
        **options,
    )


class FormChange(Strict):
    """Body of PATCH /forms/{title}."""

    title = line(LONGEST_TITLE, like="Return of goods")
    description = text(LONGEST_DESCRIPTION, least=0)
    keys = keys_of_fields(data_key="fields", attribute="fields")
    visible_to_customers = flag()
    default = flag()
    sort_order = whole(0, FARTHEST)


class NewForm(FormChange):
    """Body of POST /forms."""

    title = line(LONGEST_TITLE, required=True, like="Return of goods")

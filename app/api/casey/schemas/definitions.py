"""What is said about fields of the operator's own."""

from collections.abc import Iterable

from marshmallow import fields, validate

from app.api.casey.schemas.fields import TEXTS, Page, Strict, flag, line, one_of, text, whole
from app.api.casey.schemas.told import Json, Refer
from app.cases.custom_fields import CHOICES, FieldLevel, FieldType

FARTHEST = 10_000
MOST_OPTIONS = 500
KEY = validate.Regexp(
    r"[a-z][a-z0-9_]{0,99}\Z", error="This must be small letters, digits and _, of which the first is a letter."
)


class FieldsPage(Page):
    """Query of the list of fields."""

    level = one_of(FieldLevel, load_default=None)


class Option(Strict):
    """One of the choices of a field."""

    key = line(100, required=True, like="red")
    title = line(200, required=True, like="Order number")
    parent = line(100, load_default=None, allow_none=True)


class FieldChange(Strict):
    """Body of PATCH /fields/{level}/{key}."""

    title = line(200, like="Order number")
    pattern = text(500, allow_none=True)
    required = flag()
    visible_to_customers = flag()
    sort_order = whole(0, FARTHEST)
    options = fields.List(
        fields.Nested(Option, error_messages={**TEXTS, "type": "This must be a JSON object."}),
        validate=validate.Length(max=MOST_OPTIONS, error=f"There must be at most {MOST_OPTIONS} options."),
        error_messages={**TEXTS, "invalid": "This must be an array of objects."},
    )


class NewField(FieldChange):
    """Body of POST /fields."""

    level = one_of(FieldLevel, required=True)
    key = fields.String(
        required=True,
        validate=KEY,
        error_messages={**TEXTS, "invalid": "This must be a string."},
        metadata={"examples": ["order_number"]},
    )
    type = one_of(FieldType, required=True)
    title = line(200, required=True, like="Order number")
    pattern = text(500, allow_none=True, load_default=None)
    required = flag(load_default=False)
    visible_to_customers = flag(load_default=False)
    sort_order = whole(0, FARTHEST, load_default=0)

    def told(self, _refer: Refer) -> Json:
        """Options where one chooses among them, a pattern where it is matched, and neither elsewhere."""
        return {
            "allOf": [
                only_for(CHOICES, "options", {"type": "array", "minItems": 1}),
                only_for([FieldType.REGEX], "pattern", {"type": "string"}),
            ]
        }


def only_for(types: Iterable[FieldType], member: str, filled: Json) -> Json:
    """A member that fields of these types must have, and others must not."""
    return {
        "if": {"properties": {"type": {"enum": sorted(types)}}},
        "then": {"required": [member], "properties": {member: filled}},
        "else": {"properties": {member: {"not": filled}}},
    }

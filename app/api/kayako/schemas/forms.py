"""What is said about forms and fields."""

from collections.abc import Mapping

from marshmallow import fields

from app.api.kayako.schemas.fields import numbers, word
from app.api.lenient import TEXTS, Lenient, flag, number, text
from app.cases.custom_fields import FieldType
from app.cases.forms import LONGEST_DESCRIPTION, LONGEST_TITLE

# The types of the operator's own fields, in Kayako's words.
TYPES: Mapping[str, FieldType] = {
    "TEXT": FieldType.TEXT,
    "TEXTAREA": FieldType.TEXTAREA,
    "NUMERIC": FieldType.NUMBER,
    "DECIMAL": FieldType.DECIMAL,
    "DATE": FieldType.DATE,
    "YESNO": FieldType.YES_NO,
    "RADIO": FieldType.RADIO,
    "SELECT": FieldType.SELECT,
    "CHECKBOX": FieldType.MULTI_SELECT,
    "CASCADINGSELECT": FieldType.CASCADING,
    "REGEX": FieldType.REGEX,
    "FILE": FieldType.FILE,
}


class FormChange(Lenient):
    """Body of PUT /cases/forms/{form}."""

    title = text(LONGEST_TITLE, least=1)
    description = text(LONGEST_DESCRIPTION)
    is_visible_to_customers = flag()
    is_default = flag()
    sort_order = number()
    field_ids = numbers()


class NewForm(FormChange):
    """Body of POST /cases/forms."""

    title = text(LONGEST_TITLE, least=1, required=True)


class Option(Lenient):
    """One of the choices of a field."""

    value = text(200, least=1, required=True)
    tag = text(100)


class FieldChange(Lenient):
    """Body of PUT /cases/fields/{field}."""

    title = text(200, least=1)
    is_required_for_agents = flag()
    is_visible_to_customers = flag()
    regular_expression = text(500)
    sort_order = number()
    options = fields.List(fields.Nested(Option), error_messages={**TEXTS, "invalid": "This must be an array."})


class NewField(FieldChange):
    """Body of POST /cases/fields."""

    title = text(200, least=1, required=True)
    type = word([*TYPES], required=True)
    key = text(100, least=1)

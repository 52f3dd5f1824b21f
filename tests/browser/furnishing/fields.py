"""Fields of every kind in the form that customers fill in."""

from app.cases.custom_fields import CHOICES, FieldLevel, FieldType
from app.cases.field_definitions import define_field

OWN = {FieldType.REGEX: {"pattern": "[A-Z]{3}"}, FieldType.TEXT: {"required": True}}


def furnish_form() -> None:
    """Let customers say something in each, in the default form."""
    for number, type in enumerate(one for one in FieldType if one is not FieldType.FILE):
        facts = {"title": f"Which {type.value}?".replace("_", " "), "visible_to_customers": True, **OWN.get(type, {})}
        if type in CHOICES:
            facts["options"] = [{"key": "tea", "title": "Tea"}, {"key": "coffee", "title": "Coffee"}]
        define_field(FieldLevel.CASE, f"field_{number}", type, facts, by=None)

"""Examples of bodies and addresses, made of their fields: each shows something that is taken."""

from datetime import timedelta
from typing import Any

from marshmallow import Schema, fields, validate

from app.api.casey.schemas.told import Json
from app.cases.custom_fields import FieldLevel
from app.clock import now

UUID = "01a200d0-51c0-7b1e-8f0a-2a5b8a9c4d10"
SOON = timedelta(days=180)  # what is put off may be put off that far, wherever
PARTS: dict[str, Json] = {
    "level": {"enum": [*FieldLevel], "examples": ["case"]},
    "key": {"examples": ["order_number"]},
    "tag": {"examples": ["urgent"]},
    "name": {"examples": ["urgent"]},
    "label": {"examples": ["Waiting for parts"]},
}


def part_of_address(kind: str, name: str) -> Json:
    """What stands for a placeholder in an address."""
    if kind == "uuid":
        return {"type": "string", "format": "uuid", "examples": [UUID]}
    return {"type": "string", "minLength": 1, **PARTS.get(name, {})}


def example_of(schema: type[Schema]) -> Json:
    """A body: what must be there, and what has an example of its own."""
    told = {one.data_key or name: one for name, one in schema().fields.items()}
    return {name: _value(one) for name, one in told.items() if one.required or "examples" in one.metadata}


def _value(field: fields.Field[Any]) -> Any:
    if "examples" in field.metadata:
        return field.metadata["examples"][0]
    if isinstance(field, fields.Nested):
        return example_of(type(field.schema))
    if isinstance(field, fields.List):
        return [_value(field.inner)]
    return _scalar(field)


def _scalar(field: fields.Field[Any]) -> Any:
    if isinstance(field, fields.UUID):
        return UUID
    if isinstance(field, fields.DateTime):
        return f"{now() + SOON:%Y-%m-%dT09:00:00Z}"
    if isinstance(field, fields.Enum):
        return next(iter(field.enum.__members__.values())).value
    choices = [one.choices for one in field.validators if isinstance(one, validate.OneOf)]
    return next(iter(choices[0])) if choices else True

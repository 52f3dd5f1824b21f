"""How values of settings look, as JSON Schema tells it."""

from collections.abc import Mapping
from typing import Any

Shape = Mapping[str, Any]
PRINTABLE = r"^[^\u0000-\u001f\u007f\u2028\u2029]*$"

LINE: Shape = {"type": "string", "maxLength": 1000}
TEXT: Shape = {**LINE, "pattern": PRINTABLE}
NAMED: Shape = {"type": "string", "minLength": 1, "maxLength": 100, "pattern": PRINTABLE}
ADDRESS: Shape = {"type": "string", "format": "email"}
LENGTH: Shape = {
    "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^\s*[0-9]{1,12}\s*[smhdw]?\s*$"}]
}


def list_of(shape: Shape) -> Shape:
    """A list of at most a hundred of these."""
    return {"type": "array", "items": shape, "maxItems": 100}


def line_with(*patterns: str) -> Shape:
    """A line in which each of these patterns is found."""
    return {**LINE, "allOf": [{"pattern": one} for one in (PRINTABLE, *patterns)]}

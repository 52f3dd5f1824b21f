"""The members that the shapes of answers are made of. A shape describes; what makes an answer are plain functions."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from app.listing.cursors import wrapped

Json = dict[str, Any]


class Shape(Schema):
    """An answer, or a part of one. Every member is always there, and there are no others."""

    class Meta:
        unknown = RAISE


def moment(at: datetime | None) -> str | None:
    """RFC 3339, in UTC."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def a_text(*, null: bool = False, help: str = "") -> fields.String:
    """A text."""
    return fields.String(required=True, allow_none=null, metadata=_told(help))


def a_uuid(*, null: bool = False, help: str = "") -> fields.UUID:
    """A UUID."""
    return fields.UUID(required=True, allow_none=null, metadata=_told(help))


def a_moment(*, null: bool = False, help: str = "") -> fields.DateTime:
    """A moment."""
    return fields.DateTime(required=True, allow_none=null, metadata=_told(help))


def a_number(*, null: bool = False, help: str = "") -> fields.Integer:
    """A whole number."""
    return fields.Integer(required=True, allow_none=null, metadata=_told(help))


def a_flag(help: str = "") -> fields.Boolean:
    """true or false."""
    return fields.Boolean(required=True, metadata=_told(help))


def a_word(words: Iterable[StrEnum] | Iterable[str], *, null: bool = False, help: str = "") -> fields.String:
    """One of these words."""
    known = [str(one) for one in words]
    choices = [*known, None] if null else known
    return fields.String(required=True, allow_none=null, validate=validate.OneOf(choices), metadata=_told(help))


def any_value(*, null: bool = True, help: str = "") -> fields.Raw:
    """Any JSON value."""
    return fields.Raw(required=True, allow_none=null, metadata=_told(help))


def an_object(help: str = "", *, key: str | None = None) -> fields.Dict:
    """A JSON object with any members."""
    return fields.Dict(keys=fields.String(), required=True, data_key=key, metadata=_told(help))


def a_part(shape: type[Shape], *, null: bool = False) -> fields.Nested:
    """A part of a shape of its own."""
    return fields.Nested(shape, required=True, allow_none=null)


def many(
    shape: type[Shape] | fields.Field[Any], *, null: bool = False, help: str = "", key: str | None = None
) -> fields.List[Any]:
    """A list of parts."""
    inner = shape if isinstance(shape, fields.Field) else fields.Nested(shape)
    return fields.List(inner, required=True, allow_none=null, data_key=key, metadata=_told(help))


def _told(help: str) -> dict[str, str]:
    return {"description": help} if help else {}


@cache
def page_of(shape: type[Shape]) -> type[Shape]:
    """A page of a list of these."""
    members: Any = {
        "items": many(shape),
        "next": a_text(null=True, help="The cursor of the following page."),
        "total": fields.Integer(metadata={"description": "How many there are, where that was asked."}),
    }
    return type(f"{shape.__name__}Page", (Shape,), members)


def page(items: list[Json], last: int | None) -> Json:
    """A page of a list in the order of ids. ``next`` is the cursor of what follows the last id, or null at the end."""
    return {"items": items, "next": None if last is None else wrapped(last)}

"""The members that answers are made of."""

from collections.abc import Iterable
from typing import Any

from marshmallow import INCLUDE, Schema, fields

Json = dict[str, Any]


class Shape(Schema):
    """What an answer looks like."""


def a_number(help: str = "") -> fields.Integer:
    """An id, or how many."""
    return fields.Integer(required=True, metadata={"description": help} if help else {})


def a_text(help: str = "", *, needed: bool = True) -> fields.String:
    """A text."""
    return fields.String(required=needed, metadata={"description": help} if help else {})


def a_flag(help: str = "") -> fields.Boolean:
    """true or false."""
    return fields.Boolean(required=True, metadata={"description": help} if help else {})


def a_moment() -> fields.String:
    """A moment, or a dash."""
    like = {"examples": ["Mon, 05 May 2014 00:15:17 +0300"], "description": "A moment; - where there is none."}
    return fields.String(required=True, metadata=like)


class Numbered(Shape):
    """A list: an object with the keys ``0``, ``1`` and so on, each of which holds a ``ROW`` under the key ``NAME``; and
    under the key ``COUNT`` how many there are on all pages.
    """

    class Meta:
        unknown = INCLUDE

    NAME: str
    ROW: type[Shape]
    COUNT: str


def list_of(name: str, row: type[Shape], *, count: str = "total_count") -> type[Numbered]:
    """The shape of a list of such rows."""
    return type(f"{row.__name__}List", (Numbered,), {"NAME": name, "ROW": row, "COUNT": count})


def numbered(name: str, rows: Iterable[Json], total: int, *, count: str = "total_count") -> Json:
    """A list as Deskie answers it: an object with the keys ``0``, ``1`` and so on, and how many there are in all."""
    return {**{str(number): {name: row} for number, row in enumerate(rows)}, count: total}

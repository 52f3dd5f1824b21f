"""What there is on Kayako's wire: kinds of things, each shown in one way, and references from one to another.

A view shows all rows of a page at once, with a reference wherever one thing names another. What becomes of references
is the caller's wish; see ``rendering``.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marshmallow import INCLUDE, Schema, fields

Json = dict[str, Any]
Id = int | str
Show = Callable[[Sequence[Any], Collection[str]], list[Json]]
Load = Callable[[Collection[Any]], Mapping[Any, Any]]


class Shape(Schema):
    """What a thing looks like. Which of its members are shown is the caller's wish, so that none is needed."""

    resource_type = fields.String()
    resource_url = fields.String()


@dataclass(frozen=True)
class Ref:
    """A thing that another one names. ``more`` are members which stand beside the id even where it is not opened.

    ``row`` is the thing itself where it is at hand, so that it need not be loaded.
    """

    kind: str
    id: Id
    more: tuple[tuple[str, Any], ...] = ()
    row: Any = field(default=None, compare=False)

    @property
    def told(self) -> Json:
        """The reference itself."""
        known = RESOURCES.get(self.kind)
        return {known.key if known else "id": self.id, **dict(self.more), "resource_type": self.kind}


@dataclass(frozen=True)
class Resource:
    """A kind of thing. ``show`` gets rows and the names of the optional fields that are wished for, and loads what
    stands beside them for all rows at once; ``load`` finds what references name, by their ids.

    ``path`` is where one is, with ``{}`` for its id; ``key`` is the member that is its id. ``optional`` fields are
    shown to those alone who ask for them; ``name`` is what the envelope calls it, and ``type`` what it calls itself,
    where that is not its kind.
    """

    kind: str
    shape: type[Shape]
    show: Show
    load: Load = lambda _ids: {}
    path: str = ""
    key: str = "id"
    optional: frozenset[str] = frozenset()
    name: str = ""
    type: str = ""

    def __post_init__(self) -> None:
        RESOURCES[self.kind] = self

    def url(self, base: str, shown: Json) -> str:
        """Where a thing is; empty for what has no address of its own."""
        return f"{base}/{self.path.format(shown[self.key])}" if self.path else ""


RESOURCES: dict[str, Resource] = {}


def reference(kind: str, id: Id | None, **more: Any) -> Ref | None:
    """A reference, or None to nothing."""
    return Ref(kind, id, tuple(more.items())) if id is not None else None


def references(kind: str, ids: Iterable[Id]) -> list[Ref]:
    """References to things of one kind."""
    return [Ref(kind, one) for one in ids]


class Nested(Shape):
    """Another thing: the reference to it, or where that was wished for the thing itself."""

    class Meta:
        unknown = INCLUDE

    id = fields.Raw(metadata={"description": "Its id; a channel has a uuid instead."})
    uuid = fields.String()


def a_number(help: str = "", *, none: bool = False) -> fields.Integer:
    """An id, or how many."""
    return fields.Integer(allow_none=none, metadata={"description": help} if help else {})


def a_text(help: str = "", *, none: bool = False) -> fields.String:
    """A text."""
    return fields.String(allow_none=none, metadata={"description": help} if help else {})


def a_flag(help: str = "") -> fields.Boolean:
    """true or false."""
    return fields.Boolean(metadata={"description": help} if help else {})


def a_moment(*, none: bool = True) -> fields.String:
    """A moment (ISO 8601), in the time zone of the account."""
    told = {"examples": ["2015-07-30T06:45:25+05:00"]}
    return fields.String(allow_none=none, metadata=told)


def a_thing(help: str = "", *, none: bool = True) -> fields.Nested:
    """A reference to another thing."""
    told = {"description": help} if help else {}
    return fields.Nested(Nested, allow_none=none, metadata=told)


def things(help: str = "", *, key: str | None = None) -> fields.List[Any]:
    """References to other things."""
    return fields.List(fields.Nested(Nested), data_key=key, metadata={"description": help} if help else {})

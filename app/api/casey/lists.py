"""Lists on the native wire: the parameters of a list of the domain, which members are shown, and pages."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from marshmallow import Schema, fields, pre_load, validate

from app.api.auth import caller
from app.api.casey.schemas.fields import Limited, asked_flag, several, text
from app.api.casey.views.shapes import Json, Shape, page_of
from app.extensions import Base
from app.listing import Family, Filter, Listing
from app.listing.cursors import LONGEST
from app.listing.lists import NOT, SORT, Wanted

LONGEST_FILTER = 4000
NAMED = "named"

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Expansion(Generic[Row]):
    """A member that rows have on demand: its shape, and what makes it for all rows of a page at once, by their ids."""

    shape: fields.Field[Any]
    of: Callable[[Sequence[Row]], Mapping[int, Any]]


class Narrowed(Limited):
    """Query of a list; filters by names such as ``field.colour`` are gathered in one member."""

    families: tuple[str, ...] = ()

    @pre_load
    def gather(self, asked: Json, **_: Any) -> Json:
        """Whoever asks for the member itself is refused, since nobody is to know it."""
        mine = {name for name in asked if name.removeprefix(NOT).partition(".")[0] in self.families and "." in name}
        mine -= set(self.families) | {NOT + name for name in self.families}
        named = {NAMED: {name: asked[name] for name in mine}} if mine else {}
        return named | {name: value for name, value in asked.items() if name not in mine}


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """A list on the wire: what it lists, what each row looks like, and what rows have on demand."""

    listing: Listing[Row]
    shape: type[Shape]
    view: Callable[[Row], Json]
    expand: Mapping[str, Expansion[Row]] = field(default_factory=dict)

    @cached_property
    def asks(self) -> type[Schema]:
        """The query: the paging, and the filters of the list."""
        filters = {name: _filter(one, one.help) for name, one in self.listing.filters.items()}
        others = {NOT + name: _filter(one, f"None of these: see {name}.") for name, one in self.listing.filters.items()}
        sort = _one_of(self.listing.orders, f"{self.listing.sort} unless asked otherwise.")
        return self._schema("Query", {**filters, **others, SORT: sort}, tuple(self.listing.families))

    @cached_property
    def pages(self) -> type[Schema]:
        """The query of what is filtered already: the paging alone."""
        return self._schema("Paging", {})

    def _schema(
        self, kind: str, names: Mapping[str, fields.Field[Any]], families: tuple[str, ...] = ()
    ) -> type[Schema]:
        shown = [*self.expand, *(one.data_key or name for name, one in self.shape().fields.items())]
        members: Json = {
            **names,
            "cursor": text(LONGEST, load_default=None),
            "fields": _some_of(shown, "The members to show."),
            **({"expand": _some_of(list(self.expand), "Further members to show.")} if self.expand else {}),
            "total": asked_flag("Whether to count what there is."),
        }
        known = ", ".join(["limit", *members, *(f"{name}.<key>" for name in families)])
        refused = f"There is no such parameter. There are: {known}."
        if families:
            members |= {NAMED: _named(self.listing.families, refused), "families": families}
        members["error_messages"] = {"unknown": refused}
        return type(self.shape.__name__ + kind, (Narrowed,), members)

    @cached_property
    def answers(self) -> type[Shape]:
        """The answer: a page of rows, of which ``fields`` may leave out members and ``expand`` add some."""
        members = {**self.shape().fields, **{name: one.shape for name, one in self.expand.items()}}
        row: Any = type(
            f"{self.shape.__name__}Listed", (Shape,), {name: _optional(one) for name, one in members.items()}
        )
        return page_of(row)

    def answer(self, asked: Json, wanted: Wanted | None = None) -> Json:
        """The page that is asked for; of what the filters ask, or of what is ``wanted`` instead."""
        wanted, me = wanted if wanted is not None else _wanted(asked), caller().person
        found = self.listing.page(wanted, me=me, limit=asked["limit"], cursor=asked["cursor"])
        total = {"total": self.listing.count(wanted, me=me)} if asked["total"] else {}
        return {"items": self._shown(found.rows, asked), "next": found.next, **total}

    def _shown(self, rows: Sequence[Row], asked: Json) -> list[Json]:
        named = asked.get("fields")
        expanded = [*(asked.get("expand") or ()), *(name for name in named or () if name in self.expand)]
        more = {name: self.expand[name].of(rows) for name in dict.fromkeys(expanded)}
        return [self._row(row, more, named) for row in rows]

    def _row(self, row: Any, more: Mapping[str, Mapping[int, Any]], named: Sequence[str] | None) -> Json:
        whole = {**self.view(row), **{name: found[row.id] for name, found in more.items()}}
        shown = {*(named or whole), *more}
        return {name: value for name, value in whole.items() if name in shown}


def _wanted(asked: Json) -> Wanted:
    """The filters and the sort key of a query. A dot in the name of a parameter has made a level of its own."""
    others = {NOT + name: value for name, value in asked.get(NOT.rstrip("."), {}).items()}
    paging = {"limit", "cursor", "fields", "expand", "total", NAMED, NOT.rstrip(".")}
    return {**{name: value for name, value in asked.items() if name not in paging}, **others, **asked.get(NAMED, {})}


def _named(families: Mapping[str, Family], refused: str) -> fields.Dict:
    told = " ".join(f"{name}.<key>: {one.help}" for name, one in families.items())
    return fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        error_messages={"invalid": refused},
        metadata={"description": f"Parameters of these names, each also after {NOT}. {told}"},
    )


def _filter(filter: Filter, help: str) -> fields.String:
    return text(LONGEST_FILTER, help=help, like=filter.like, pattern=filter.pattern)


def _one_of(known: Sequence[str], help: str) -> fields.String:
    refused = validate.OneOf(known, error=f"This must be {' or '.join(known)}.")
    return fields.String(validate=refused, metadata={"description": help})


class _Names(fields.Field[list[str]]):
    """Some names of an allowlist, with commas between them."""

    def __init__(self, known: Sequence[str], **options: Any) -> None:
        super().__init__(**options)
        self.known = known

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[str]:
        names = [one.strip() for one in str(value).split(",")]
        if not set(names) <= set(self.known):
            raise self.make_error("unknown")
        return names


def _some_of(known: Sequence[str], help: str) -> _Names:
    sentence = f"This must be names with commas between them. There are: {', '.join(known)}."
    told = several(known, f"{help} Any of {', '.join(known)}, with commas between them.")
    return _Names(known, load_default=None, error_messages={"unknown": sentence}, metadata=told)


def _optional(member: fields.Field[Any]) -> fields.Field[Any]:
    """The same member, which may be left out."""
    found = copy(member)
    found.required = False
    return found

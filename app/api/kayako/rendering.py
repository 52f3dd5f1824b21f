"""Things with all that they name opened, as the caller wishes it.

All things of one kind are loaded and shown at once, round by round: a page takes as many statements as there are kinds
to be opened, however long it is and however often a thing is named.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from orjson import OPT_OMIT_MICROSECONDS, OPT_PASSTHROUGH_DATACLASS, OPT_PASSTHROUGH_DATETIME, Fragment, dumps

from app.api.kayako.resources import RESOURCES, Json, Ref, Resource
from app.api.kayako.wishes import USUAL, Selection, Wishes
from app.config import settings

ROUNDS = 6
PLAINLY = OPT_PASSTHROUGH_DATACLASS | OPT_OMIT_MICROSECONDS
IN_A_ZONE = PLAINLY | OPT_PASSTHROUGH_DATETIME
ALWAYS = ("id", "uuid", "resource_type")

Known = dict[tuple[str, Any], Json]


class Rendering:
    """Rows of one kind, shown, with what was opened for them. ``whole`` holds their optional fields too, wished for or
    not, where it is asked for.
    """

    def __init__(
        self, resource: Resource, rows: Sequence[Any], wishes: Wishes, base: str, *, whole: bool = False
    ) -> None:
        self.resource, self.wishes, self.base = resource, wishes, base
        self.known: Known = {}
        self.fragments: dict[Ref, Fragment] = {}
        self.begun: set[Ref] = set()
        self.zone = settings().time_zone
        wished = self._wished(resource)
        self.whole = self._show(resource, rows, resource.optional if whole else wished)
        self.shown = [_without(one, resource.optional - wished) for one in self.whole] if whole else self.whole

    def _wished(self, resource: Resource) -> set[str]:
        return self.wishes.selection.optional(resource.optional)

    def _show(self, resource: Resource, rows: Sequence[Any], optional: Collection[str]) -> list[Json]:
        """Things with references in them and their address at the end."""
        shown = resource.show(rows, optional) if rows else []
        for one in shown:
            one["resource_type"] = resource.type or resource.kind
            if url := resource.url(self.base, one):
                one["resource_url"] = url
        return shown

    def data(self) -> list[Json]:
        """The rows with the fields that are wished for. Their references are opened when they are written."""
        self._open()
        return [self._told(self.resource, one, self.wishes.selection) for one in self.shown]

    def beside(self) -> dict[str, dict[str, Json]]:
        """What was opened, by kind and id, for those who wish it flat."""
        found: dict[str, dict[str, Json]] = {}
        for (kind, id), one in self.known.items():
            found.setdefault(kind, {})[str(id)] = self._told(RESOURCES[kind], one, USUAL)
        return found

    def write(self, content: Json) -> bytes:
        """As JSON, with every reference in it opened that is to be. What is opened often is written once.

        Moments are told in the time zone of the account (ISO 8601, to the second).
        """
        return dumps(content, default=self._opened_or_told, option=PLAINLY if self.zone.key == "UTC" else IN_A_ZONE)

    def _opened_or_told(self, one: Ref | datetime) -> Fragment | str:
        if isinstance(one, datetime):
            return one.astimezone(self.zone).isoformat(timespec="seconds")
        return self._thing(one)

    def _thing(self, ref: Ref) -> Fragment:
        """A thing as it stands wherever it is named; inside of itself it is a reference."""
        if ref in self.begun:
            return self._fragment(ref.told)
        if ref not in self.fragments:
            self.begun.add(ref)
            self.fragments[ref] = self._fragment(self._opened(ref) or ref.told)
            self.begun.remove(ref)
        return self.fragments[ref]

    def _opened(self, ref: Ref) -> Json | None:
        """A thing as it stands wherever it is named, unless it is not there or that was not wished for."""
        known = None if self.wishes.flat else self.known.get((ref.kind, ref.id))
        return self._told(RESOURCES[ref.kind], known, USUAL) if known and self.wishes.opens(ref.kind) else None

    def _fragment(self, thing: Json) -> Fragment:
        return Fragment(self.write(self.wishes.tell(thing)))

    def _open(self) -> None:
        """Load whatever is to be opened, and whatever that names in turn."""
        news = [(one, self.wishes.selection) for one in self.shown]
        for _ in range(ROUNDS):
            named = [found for one, selection in news for found in self._named(one, selection)]
            wanted: dict[str, dict[Ref, Selection]] = {}
            for ref, inside in named:
                if (ref.kind, ref.id) not in self.known:
                    wanted.setdefault(ref.kind, {})[ref] = inside or USUAL
            news = [found for kind, refs in wanted.items() for found in self._load(RESOURCES[kind], refs)]
            if not news:
                return

    def _load(self, resource: Resource, wanted: dict[Ref, Selection]) -> list[tuple[Json, Selection]]:
        rows = {ref.id: ref.row for ref in wanted if ref.row is not None}
        missing = [ref.id for ref in wanted if ref.row is None]
        rows |= resource.load(missing) if missing else {}
        shown = dict(zip(rows, self._show(resource, [*rows.values()], self._wished(resource)), strict=True))
        self.known |= {(resource.kind, id): one for id, one in shown.items()}
        return [(shown[ref.id], inside) for ref, inside in wanted.items() if ref.id in shown]

    def _named(self, value: Any, selection: Selection | None) -> Iterator[tuple[Ref, Selection | None]]:
        """The references in a thing that are to be opened, each with what is selected inside of it."""
        fields = isinstance(value, dict)
        deeper = selection if selection and selection.nested else None
        for name, one in value.items() if fields else (("", one) for one in value):
            inside = selection if not fields else deeper.inside(name) if deeper else None
            kind = type(one)
            if kind is Ref:
                if one.kind in RESOURCES and (self.wishes.opens(one.kind) or inside):
                    yield one, inside
            elif one and (kind is list or kind is dict):
                yield from self._named(one, inside)

    def _told(self, resource: Resource, shown: Json, selection: Selection) -> Json:
        """A thing with the fields that are selected."""
        if selection is USUAL:
            return _without(shown, self._wished(resource))
        names = selection.names(shown.keys() - resource.optional, resource.optional)
        narrowed = selection.named - resource.optional
        return {
            name: self._value(one, selection.inside(name))
            for name, one in shown.items()
            if name in names or name in ALWAYS or (name == "resource_url" and not narrowed)
        }

    def _value(self, value: Any, selection: Selection | None) -> Any:
        """What stands in a field, with what is selected inside of it."""
        if selection is None:
            return value
        if isinstance(value, Ref):
            return self._reference(value, selection)
        if isinstance(value, list):
            return [self._value(one, selection) for one in value]
        if isinstance(value, dict):
            return {name: self._value(one, selection.inside(name)) for name, one in value.items()}
        return value

    def _reference(self, ref: Ref, selection: Selection) -> Json:
        """What a reference is shown as of which something is selected: opened, unless it is not there."""
        if self.wishes.flat or (ref.kind, ref.id) not in self.known:
            return ref.told
        whole = self._told(RESOURCES[ref.kind], self.known[ref.kind, ref.id], selection)
        if selection.named or selection.everything or self.wishes.opens(ref.kind):
            return whole
        return {name: one for name, one in whole.items() if name in ref.told or name in selection.added}


def _without(thing: Json, names: Collection[str]) -> Json:
    return {name: one for name, one in thing.items() if name not in names} if names else thing

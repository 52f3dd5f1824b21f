"""The list of a resource: its filters and sort keys, and pages by keyset, which cost the same wherever they stand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, and_, false, func, inspect, literal, not_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ExecutableOption

from app.errors import Invalid
from app.extensions import Base, db
from app.listing.cursors import bad_cursor, is_id, unwrapped, wrapped
from app.listing.filters import Asker, Condition, Family, Filter

NOT, SORT = "not.", "sort"

Row = TypeVar("Row", bound=Base)
Wanted = Mapping[str, str]


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """Some rows of a list, and the cursor of those behind them."""

    rows: list[Row]
    next: str | None


@dataclass(frozen=True)
class Anybody:
    """Whoever may ask one day."""

    id: int = 0


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by a column, then by the id."""

    name: str
    column: InstrumentedAttribute[Any]
    id: ColumnElement[int]

    @property
    def down(self) -> bool:
        """Whether it runs from the largest on."""
        return self.name.startswith("-")

    def sorts(self) -> Iterator[ColumnElement[Any]]:
        """What is sorted by."""
        for column in (self.column, self.id):
            yield column.desc() if self.down else column.asc()

    def behind(self, cursor: str) -> Condition:
        """The rows behind a cursor. Raises Invalid for one that did not come from a list in this order."""
        value, last = self._read(unwrapped(cursor))
        mine = tuple_(self.column, self.id)
        theirs = tuple_(literal(value, self.column.type), literal(last, self.id.type))
        return mine < theirs if self.down else mine > theirs

    def _read(self, found: Any) -> tuple[Any, int]:
        match found:
            case [self.name, value, last] if is_id(last):
                return self._value(value), last
        raise bad_cursor()

    def _value(self, value: Any) -> Any:
        kind = self.column.type.python_type
        try:
            found = datetime.fromisoformat(value) if kind is datetime and isinstance(value, str) else value
        except ValueError:
            raise bad_cursor() from None
        naive = isinstance(found, datetime) and found.tzinfo is None
        if not isinstance(found, kind) or naive or (kind is int and not is_id(found)):
            raise bad_cursor()
        return found

    def cursor(self, row: Any) -> str:
        """The cursor of what stands behind this row."""
        return wrapped([self.name, getattr(row, self.column.key), row.id])


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """What can be asked of the list of a resource.

    ``usual`` holds unless something else is asked for, ``always`` whatever is asked for; ``loads`` says what is loaded
    with each page, and ``completed`` adds the rest to its rows. A sort key that some rows do not have leaves those out.
    ``families`` are filters by names such as ``field.colour``.
    """

    model: type[Row]
    filters: Mapping[str, Filter]
    sorts: Mapping[str, InstrumentedAttribute[Any]]
    sort: str
    usual: Wanted = field(default_factory=dict)
    always: Callable[[], Sequence[Condition]] = tuple
    loads: Sequence[ExecutableOption] = ()
    completed: Callable[[Sequence[Any]], object] = tuple
    families: Mapping[str, Family] = field(default_factory=dict)

    @property
    def orders(self) -> list[str]:
        """The values of ``sort``."""
        return [sign + name for name in self.sorts for sign in ("", "-")]

    @property
    def names(self) -> list[str]:
        """Everything the list can be asked, each filter the other way round too."""
        return [SORT, *self.filters, *(NOT + name for name in self.filters)]

    def page(self, wanted: Wanted, *, me: Asker | None, limit: int, cursor: str | None = None) -> Slice[Row]:
        """At most ``limit`` rows that are wanted, from behind the cursor on. Raises Invalid, naming the field."""
        order = self._order(wanted)
        query = select(self.model).where(*self.conditions(wanted, me=me)).order_by(*order.sorts())
        if order.column.property.columns[0].nullable:
            query = query.where(order.column.is_not(None))
        if cursor is not None:
            query = query.where(order.behind(cursor))
        rows = list(db.session.scalars(query.limit(limit + 1).options(*self.loads)))
        more = len(rows) > limit
        self.completed(rows[:limit])
        return Slice(rows[:limit], order.cursor(rows[limit - 1]) if more else None)

    def count(self, wanted: Wanted, *, me: Asker | None) -> int:
        """How many rows are wanted."""
        query = select(func.count()).select_from(self.model).where(*self.conditions(wanted, me=me))
        return db.session.scalar(query) or 0

    def check(self, wanted: Wanted) -> None:
        """Raises Invalid, naming the field, for what cannot be asked, whoever asks it."""
        self.conditions(wanted, me=Anybody())
        self._order(wanted)

    def conditions(self, wanted: Wanted, *, me: Asker | None) -> list[Condition]:
        """What holds of the rows that are wanted. Raises Invalid, naming the field."""
        unknown = sorted(name for name in wanted if name not in self.names and not self._of_a_family(name))
        if unknown:
            raise Invalid(self.refusal(), field=unknown[0])
        usual = {name: text for name, text in self.usual.items() if not {name, NOT + name} & wanted.keys()}
        asked = [(name, text) for name, text in {**usual, **wanted}.items() if name != SORT]
        return [*self.always(), *(self._condition(name, text, me) for name, text in asked)]

    def _of_a_family(self, name: str) -> bool:
        family, _, key = name.removeprefix(NOT).partition(".")
        return family in self.families and bool(key)

    def refusal(self) -> str:
        """What is said of a name that the list does not know."""
        families = (f"{name}.<key>" for name in self.families)
        return f"There is no such parameter. There are: {', '.join([*self.names, *families])}."

    def _condition(self, name: str, text: str, me: Asker | None) -> Condition:
        try:
            found = self._filter(name).rows(text, me)
        except ValueError as error:
            raise Invalid(f"This {error}.", field=name) from None
        # A row without a value is none of those with one, which NOT alone would not say.
        return not_(func.coalesce(and_(found), false())) if name.startswith(NOT) else found

    def _filter(self, name: str) -> Filter:
        plain = name.removeprefix(NOT)
        if plain in self.filters:
            return self.filters[plain]
        family, _, key = plain.partition(".")
        try:
            return self.families[family].named(key)
        except LookupError as error:
            raise Invalid(str(error), field=name) from None

    def _order(self, wanted: Wanted) -> Order:
        name = wanted.get(SORT, self.sort)
        if name not in self.orders:
            raise Invalid(f"This must be {' or '.join(self.orders)}.", field=SORT)
        return Order(name, self.sorts[name.removeprefix("-")], inspect(self.model).primary_key[0])

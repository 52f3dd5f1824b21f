"""How many cases filters find."""

from collections.abc import Sequence

from app.cases.filters import BuiltIn, SavedFilter, filtered
from app.cases.selection import Selection, count_each, count_some
from app.errors import Invalid
from app.listing.lookups import at_once
from app.people.models import Person


def counts_of(filters: Sequence[SavedFilter | BuiltIn], *, me: Person | None) -> list[int | None]:
    """How many cases each of them finds, counted together; None for one that can be asked no longer."""
    with at_once():
        selections = [_selection(one, me) for one in filters]
    counts = iter(count_each([one for one in selections if one is not None]))
    return [None if one is None else next(counts) for one in selections]


def counts_up_to(most: int, filters: Sequence[SavedFilter | BuiltIn], *, me: Person | None) -> list[int | None]:
    """The same, with ``most`` and one more for whatever is beyond it, so that nobody counts a long history."""
    with at_once():
        selections = [_selection(one, me) for one in filters]
    counts = iter(count_some([one for one in selections if one is not None], most))
    return [None if one is None else next(counts) for one in selections]


def _selection(one: SavedFilter | BuiltIn, me: Person | None) -> Selection | None:
    try:
        return Selection(filtered(one, me=me))
    except Invalid:
        return None

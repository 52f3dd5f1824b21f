"""Which cases a list is to show, as Deskie's words ask for them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.api.auth import caller
from app.api.deskie.custom_fields import asked_fields
from app.api.deskie.words import STATUSES, kept_channels
from app.cases import criteria
from app.cases.custom_fields import FieldLevel
from app.cases.filters import filter_by_id, filtered
from app.cases.models import Case
from app.cases.selection import Selection
from app.errors import Invalid, NotFound
from app.listing.filters import Condition
from app.people.models import IdentityKind

Json = dict[str, Any]

NOBODY = 0
CUSTOM = "cch"


def _none_for_0(ids: Iterable[int]) -> list[int | None]:
    return [one if one != NOBODY else None for one in ids]


CRITERIA: Mapping[str, Callable[[Any], Condition]] = {
    "user_id": criteria.requested_by,
    "user_email": lambda pieces: criteria.reached_at(IdentityKind.EMAIL, *pieces),
    "user_phone": lambda pieces: criteria.reached_at(IdentityKind.PHONE, *pieces),
    "subject": lambda pieces: criteria.about(*pieces),
    "staff_id": lambda ids: criteria.assigned_to(_none_for_0(ids)),
    "group_id": lambda ids: criteria.given_to(_none_for_0(ids)),
    "channel": lambda channels: criteria.through(kept_channels(channels)),
    "priority": criteria.pressing,
    "status": lambda words: criteria.standing([status for status, word in STATUSES.items() if word in words]),
    "labels": criteria.labelled,
    "company_id": criteria.of_organizations,
    "participant_id": criteria.with_any_in,
    "initiator": lambda word: criteria.opened_by_team(word == "agent"),
}


def selection(asked: Json) -> Selection:
    """The cases that a query asks for. Raises Invalid, naming the field."""
    found = [*_kept_together(asked), *(_named(name, make, asked) for name, make in CRITERIA.items() if name in asked)]
    return Selection([*found, *_within(asked), *_known_by(asked), *_saying(asked)])


def _named(name: str, make: Callable[[Any], Condition], asked: Json) -> Condition:
    try:
        return make(asked[name])
    except ValueError as error:
        raise Invalid(f"This {error}.", field=name) from None


def _kept_together(asked: Json) -> Iterator[Condition]:
    """What a filter finds, else what is in play; without what was merged, unless that is asked for."""
    if not asked["show_merged_cases"]:
        yield criteria.not_merged()
    if "filter" in asked:
        yield from _filtered(asked["filter"])
    else:
        yield criteria.in_play()


def _filtered(name: str) -> Sequence[Condition]:
    """What a filter finds: one that comes with Casey by its name, a saved one by its number."""
    me = caller().person
    try:
        return filtered(filter_by_id(name, for_=me), me=me)
    except NotFound:
        raise Invalid("There is no such filter. GET /api/filters.json lists them.", field="filter") from None
    except Invalid as error:
        raise Invalid(f"This filter can be asked no longer. {error.message}", field="filter") from None


def _within(asked: Json) -> Iterator[Condition]:
    """Both ends of a span count, the last one with its whole second."""
    for column, name in ((Case.created_at, "time"), (Case.updated_at, "updated_time")):
        first, last = asked.get(f"from_{name}"), asked.get(f"to_{name}")
        if first or last:
            yield criteria.within(column, first, last.replace(microsecond=999_999) if last else None)


def _known_by(asked: Json) -> Iterator[Condition]:
    """Users by ids of a custom channel are unique within it alone."""
    if "user_custom_id" in asked:
        channels = [one for one in asked.get("channel", ()) if one.startswith(CUSTOM)]
        yield _named("user_custom_id", lambda ids: criteria.known_by(ids, channels), asked)


def _saying(asked: Json) -> Iterator[Condition]:
    """What is said in fields of the operator's own, of cases and of users."""
    for field, values in asked_fields(asked.get("custom_fields", {}), FieldLevel.CASE, FieldLevel.PERSON):
        try:
            yield criteria.saying(field, values)
        except ValueError as error:
            raise Invalid(f"cf_{field.id} {error}.", field="custom_fields") from None

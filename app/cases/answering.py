"""Writing on a case and changing it in one go."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.cases.changing import change_case
from app.cases.models import Case, Post
from app.cases.participation import add_participant
from app.people.models import Person

# These decide who gets what is written, and under which subject.
BEFORE = ("subject", "requester")


def answer_case(
    case: Case, write: Callable[[], Post], changes: Mapping[str, Any], *, others: Iterable[Person], by: Person | None
) -> Post:
    """Write on a case and change what is named, as ``change_case`` does; ``others`` join it before.

    Where it stands is said after what was written, which moves it too.
    """
    change_case(case, {name: changes[name] for name in BEFORE if name in changes}, by=by)
    for person in others:
        add_participant(case, person, by=by)
    post = write()
    change_case(case, {name: one for name, one in changes.items() if name not in BEFORE}, by=by)
    return post

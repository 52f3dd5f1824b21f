"""The same for one case or for several: of one, the case is shown; of several, which of them it was done to."""

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError

from app.api.deskie.finding import case_to_change, names_in
from app.api.deskie.routing import Json
from app.cases.models import Case
from app.errors import CaseyError
from app.extensions import db

Act = Callable[[Case], object]


def to_each(cases: str, act: Act, show: Callable[[Case], Json], find: Callable[[str], Case] = case_to_change) -> Json:
    """Do it to every case that the address names. What fails for one of several leaves the others alone.

    Raises whatever ``act`` raises where there is one case.
    """
    names = names_in(cases)
    if len(names) == 1:
        case = find(names[0])
        act(case)
        return show(case)
    done: list[int] = []
    for name in names:
        done += _attempted(name, act, find, done)
    return {"case_success_id": done}


def _attempted(name: str, act: Act, find: Callable[[str], Case], done: list[int]) -> list[int]:
    """The id of the case; none when it was refused, and then nothing of it was done, or was named before otherwise."""
    try:
        with db.session.begin_nested():
            case = find(name)
            number = case.id
            if number in done:
                return []
            act(case)
        return [number]
    except (CaseyError, IntegrityError):
        return []

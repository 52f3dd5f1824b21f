"""The same for several cases: what is refused to one leaves the others alone."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.api.kayako.envelope import Done
from app.api.kayako.finding import case_to_change
from app.cases.models import Case
from app.errors import CaseyError, Conflict, Invalid
from app.extensions import db

Json = dict[str, Any]


def ids_in(*said: Json) -> list[int]:
    """The ids in a query or a body, in the order in which cases are locked. Raises Invalid for none."""
    found = sorted({one for each in said for one in each["ids"]})
    if not found:
        raise Invalid("This field is required.", field="ids")
    return found


def to_each(ids: Sequence[int], act: Callable[[Case], object]) -> Done:
    """Do it to every case, and tell to how many it was done. Raises why not where it was done to none."""
    refused = [error for number in ids if (error := _refused(number, act))]
    if len(refused) == len(ids):
        raise refused[0]
    return Done(len(ids) - len(refused))


def _refused(number: int, act: Callable[[Case], object]) -> CaseyError | None:
    """Why it was not done to a case, and then nothing of it was."""
    try:
        with db.session.begin_nested():
            act(case_to_change(number))
    except CaseyError as error:
        return error
    except IntegrityError:
        return Conflict("Somebody else changed the same thing at the same moment. Please try again.")
    return None

"""What the pages of the operator share: how one is shown, how far a list has been read, and pressing a button."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.errors import Conflict
from app.people.access import Act
from app.people.models import Person
from app.portal.team.pages import Button, team_page
from app.portal.team.session import member
from app.transaction import transaction
from app.translating import lazily

PREFIX = "/team/operator"
LONG = 50
TOO_LATE = lazily("This page had been open for too long, or cookies are off. Please press the button once more.")
LARGEST_ID = 2**31 - 1  # what the database can be asked for


class Numbered(Protocol):
    """A row that lists are ordered by."""

    @property
    def id(self) -> int: ...


Row = TypeVar("Row", bound=Numbered)


def operator_page(template: str, status: int = 200, /, **values: object) -> Response:
    """A page below ``portal/team/operator/``."""
    return team_page(f"operator/{template}", status, frames=False, **values)


def read_before() -> int | None:
    """The id behind which a list goes on."""
    before = request.args.get("before", type=int)
    return min(max(before, 0), LARGEST_ID) if before is not None else None


def leaf(found: Sequence[Row]) -> tuple[Sequence[Row], int | None]:
    """What of LONG + 1 rows stands on a page, and behind which id the next page begins if there is one."""
    return found[:LONG], found[LONG - 1].id if len(found) > LONG else None


def pressed(act: Act, do: Callable[[Person], None], shown: Callable[[int, str], Response], *, then: str) -> AnyResponse:
    """Do what a button says, if its presser may, and go on to ``then``. ``shown`` says on the page why it was not done.

    What cannot be done, for it was done already say, is a sentence on the same page.
    """
    if not Button().validate_on_submit():
        return shown(422, str(TOO_LATE))
    try:
        with transaction():
            do(member(act))
    except Conflict as error:
        return shown(409, error.message)
    return redirect(then, 303)

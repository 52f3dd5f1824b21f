"""Cases."""

from app.api.auth import caller, check_allowed
from app.api.kayako.envelope import One
from app.api.kayako.finding import number_in, one_at
from app.api.kayako.opening import caller_himself, changed, opened
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.cases import CaseChange, CaseQuery, NewCase
from app.api.kayako.selecting import paged, selection
from app.api.kayako.views.cases import CASE
from app.cases.discarding import trash_case
from app.cases.models import Case
from app.cases.queries import case_numbered, check_not_merged, locked
from app.people.access import Act

ONE_CASE = "/cases/<case>"


@route("/cases", "GET", Act.READ_CASES, asks=CaseQuery, shows=CASE, many=True)
def index(asked: Json) -> Answer:
    """Cases, those that changed last first."""
    return paged(selection(asked), asked)


@route("/cases", "POST", Act.WRITE_CASES, takes=NewCase, shows=CASE, status=201)
def create(new: Json) -> Answer:
    """Open a case for a user, which is mailed to him; or with a note, of which nobody hears."""
    return One(CASE, opened(new, by=caller_himself()))


@route(ONE_CASE, "GET", Act.READ_CASES, shows=CASE)
def show(case: str) -> Answer:
    """One case."""
    return one_at(CASE, case)


@route(ONE_CASE, "PUT", Act.WRITE_CASES, takes=CaseChange, shows=CASE)
@route(ONE_CASE, "PATCH", Act.WRITE_CASES, takes=CaseChange, shows=CASE)
def update(case: str, new: Json) -> Answer:
    """Change what is said of a case; the tags that are given replace those it has."""
    found = case_to_change(case)
    changed(found, new, by=caller_himself())
    if "state" in new:
        check_allowed(caller(), Act.DISCARD_CASES)
        trash_case(found, by=caller_himself())
    return One(CASE, found)


def case_to_change(address: str) -> Case:
    """The case with this id, as it stands now. Raises NotFound, Conflict for a merged one."""
    case = locked(case_numbered(number_in(address)))
    check_not_merged(case)
    return case

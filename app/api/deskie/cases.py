"""Cases."""

from app.api.auth import caller
from app.api.deskie.finding import case_named
from app.api.deskie.opening import changed, opened
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.case_lists import SORTS, CaseQuery
from app.api.deskie.schemas.cases import CaseChange, NewCase
from app.api.deskie.schemas.pages import page_asked
from app.api.deskie.selecting import selection
from app.api.deskie.together import to_each
from app.api.deskie.views.cases import SHOWN, CaseList, OneCase, Removed, case_rows, one_case
from app.api.deskie.views.shapes import numbered
from app.cases.discarding import mark_spam, restore_case, trash_case
from app.cases.models import Case
from app.cases.purging import locked_with_merged, purge_case
from app.people.access import Act
from app.people.models import Person

CASE = ("case",)


@route("/cases.json", "POST", Act.WRITE_CASES, takes=NewCase, inside=CASE, answers=OneCase, status=201)
def create(new: Json) -> Answer:
    """Open a case for a user, who is made where nobody has the contact that is given."""
    return one_case(opened(new, by=caller().person))


@route("/cases.json", "GET", Act.READ_CASES, asks=CaseQuery, answers=CaseList)
def index(asked: Json) -> Answer:
    """Cases by pages, narrowed by what is asked, and how many there are."""
    page = page_asked(asked)
    found = selection(asked).page(SORTS[asked["sort"]], skip=page.before, limit=page.limit, loads=SHOWN)
    return numbered("case", case_rows(found.cases), found.total)


@route("/cases/<cases>.json", "GET", Act.READ_CASES, answers=OneCase)
def show(cases: str) -> Answer:
    """One case."""
    return one_case(case_named(cases))


@route("/cases/<cases>.json", "PUT", Act.WRITE_CASES, takes=CaseChange, inside=CASE, answers=OneCase)
def update(cases: str, new: Json) -> Answer:
    """Change what is said of a case, or of up to ten."""
    by = caller().person
    return to_each(cases, lambda case: changed(case, new, by=by), one_case)


@route("/cases/<cases>/trash.json", "PUT", Act.DISCARD_CASES, answers=OneCase)
def trash(cases: str) -> Answer:
    """Put a case into the trash, or up to ten."""
    by = caller().person
    return to_each(cases, lambda case: trash_case(case, by=by), one_case)


@route("/cases/<cases>/spam.json", "PUT", Act.DISCARD_CASES, answers=OneCase)
def spam(cases: str) -> Answer:
    """Say that a case is spam, or up to ten."""
    by = caller().person
    return to_each(cases, lambda case: mark_spam(case, by=by), one_case)


@route("/cases/<cases>/restore.json", "PUT", Act.DISCARD_CASES, answers=OneCase)
def restore(cases: str) -> Answer:
    """Take a case out of the trash, and say that it is no spam; or up to ten."""
    by = caller().person
    return to_each(cases, lambda case: restore_case(case, by=by), one_case)


@route("/cases/<cases>.json", "DELETE", Act.PURGE_CASES, answers=Removed)
def delete(cases: str) -> Answer:
    """Remove a case for good, or up to ten. One that is not in the trash yet goes there first."""
    by = caller().person
    return to_each(cases, lambda case: _removed(case, by), lambda _: {}, find=_with_merged)


def _with_merged(name: str) -> Case:
    """A case, locked with all that were merged into it."""
    return locked_with_merged(case_named(name))


def _removed(case: Case, by: Person | None) -> None:
    trash_case(case, by=by)
    purge_case(case, by=by)

"""Cases."""

from app.api.auth import caller, check_allowed
from app.api.kayako.changing import changed, changed_together
from app.api.kayako.envelope import One
from app.api.kayako.finding import case_to_change, number_in, one_at, person_calling
from app.api.kayako.opening import opened
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.case_lists import CaseQuery, Narrowed
from app.api.kayako.schemas.cases import CaseChange, Ids, ManyChange, Merge, NewCase
from app.api.kayako.selecting import narrowed, paged, selection
from app.api.kayako.together import ids_in, to_each
from app.api.kayako.views.cases import CASE
from app.cases import criteria
from app.cases.discarding import trash_case
from app.cases.merging import merge_together
from app.cases.queries import case_numbered, cases_numbered
from app.errors import Invalid
from app.people.access import Act
from app.people.companies import organization_numbered
from app.people.persons import person_by_id

ONE_CASE = "/cases/<case>"


@route("/cases", "GET", Act.READ_CASES, asks=CaseQuery, shows=CASE, many=True)
def index(asked: Json) -> Answer:
    """Cases, those that changed last first."""
    return paged(selection(asked), asked)


@route("/organizations/<organization>/cases", "GET", Act.READ_CASES, asks=Narrowed, shows=CASE, many=True)
def of_organization(organization: str, asked: Json) -> Answer:
    """The cases of an organization."""
    found = organization_numbered(number_in(organization))
    return paged(narrowed(asked, criteria.of_organizations([found.id])), asked)


@route("/users/<user>/cases", "GET", Act.READ_CASES, asks=Narrowed, shows=CASE, many=True)
def of_user(user: str, asked: Json) -> Answer:
    """The cases of a user."""
    found = person_by_id(number_in(user))
    return paged(narrowed(asked, criteria.requested_by([found.id])), asked)


@route("/cases", "POST", Act.WRITE_CASES, takes=NewCase, shows=CASE, status=201)
def create(new: Json) -> Answer:
    """Open a case for a user, which is mailed to him; or with a note, of which nobody hears."""
    return One(CASE, opened(new, by=person_calling()))


@route("/cases", "PUT", Act.WRITE_CASES, asks=Ids, takes=ManyChange)
def update_together(asked: Json, new: Json) -> Answer:
    """Change several cases in the same way, write the same on them, or put them into the trash."""
    if "state" in new:
        check_allowed(caller(), Act.DISCARD_CASES)
    return to_each(ids_in(asked, new), changed_together(new, by=person_calling()))


@route(ONE_CASE, "GET", Act.READ_CASES, shows=CASE)
def show(case: str) -> Answer:
    """One case."""
    return one_at(CASE, case)


@route(ONE_CASE, "PUT", Act.WRITE_CASES, takes=CaseChange, shows=CASE)
@route(ONE_CASE, "PATCH", Act.WRITE_CASES, takes=CaseChange, shows=CASE)
def update(case: str, new: Json) -> Answer:
    """Change what is said of a case; the tags that are given replace those it has."""
    found = case_to_change(case)
    changed(found, new, by=person_calling())
    if "state" in new:
        check_allowed(caller(), Act.DISCARD_CASES)
        trash_case(found, by=person_calling())
    return One(CASE, found)


@route(f"{ONE_CASE}/merge", "POST", Act.MERGE_CASES, takes=Merge, shows=CASE)
def merge(case: str, new: Json) -> Answer:
    """Merge cases into the oldest of them."""
    found = case_numbered(number_in(case))
    others = cases_numbered([one for one in new["case_ids"] if one != found.id])
    if len(others) < len({*new["case_ids"]} - {found.id}) or not others:
        raise Invalid("These must be ids of other cases.", field="case_ids")
    return One(CASE, merge_together([found, *others], share=new["share"], by=person_calling()))

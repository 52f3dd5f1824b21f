"""What cases have to do with each other."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.links import NewCaseLink
from app.api.casey.views.cases import CaseAnswer, case_view
from app.cases.case_links import link_cases, unlink_cases
from app.cases.models import Case
from app.cases.queries import case_by_uuid, check_not_merged, locked_together
from app.errors import Invalid, NotFound
from app.people.access import Act


def named_case(uuid: UUID, field: str) -> Case:
    """A case that a body names. Raises Invalid."""
    try:
        return case_by_uuid(uuid)
    except NotFound as error:
        raise Invalid(error.message, field=field) from None


@route("/cases/<uuid:uuid>/links", "POST", Act.WRITE_CASES, takes=NewCaseLink, answers=CaseAnswer)
def add(uuid: UUID, new: Json) -> Answer:
    """Say what a case is to another one."""
    case, other = case_by_uuid(uuid), named_case(new["case"], "case")
    locked_together(case, other)
    for one in (case, other):
        check_not_merged(one)
    link_cases(case, other, new["kind"], by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/links/<uuid:other>", "DELETE", Act.WRITE_CASES, answers=CaseAnswer)
def remove(uuid: UUID, other: UUID) -> Answer:
    """Say that two cases have nothing to do with each other."""
    case, linked = case_by_uuid(uuid), case_by_uuid(other)
    locked_together(case, linked)
    unlink_cases(case, linked, by=caller().person)
    return case_view(case)

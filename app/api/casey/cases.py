"""Cases."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.posts import written
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.cases import Confirmation, NewCase
from app.api.casey.views.cases import CaseAnswer, OpenedCase, case_view
from app.api.casey.views.lists import CASE_LIST
from app.cases.lifecycle import close_case, reopen_case
from app.cases.links import Purpose, link_for, secret_of
from app.cases.models import Case, State
from app.cases.opening import confirm_case, confirmation_url, open_case
from app.cases.queries import case_for_change
from app.cases.reading import case_with_people
from app.clock import now
from app.config import settings
from app.people.access import Act
from app.people.models import Person
from app.people.persons import find_or_create_person


@route("/cases", "POST", Act.WRITE_CASES, takes=NewCase, answers=OpenedCase, status=201)
def create_case(new: Json) -> Answer:
    """Open a case. Answers with the case and, while it is pending and mail is off, how to confirm it."""
    creator = new["creator"]
    person = find_or_create_person(creator["email"], creator["name"], field="creator.email", last_contact_at=now())
    body, content = written(new, "message")
    case = open_case(
        person,
        new["subject"],
        body,
        channel="api",
        content=content,
        category=new["category"],
        tags=new["tags"],
        meta=new["meta"],
    )
    return {**case_view(case), **_confirmation(case, person)}


def _confirmation(case: Case, creator: Person) -> dict[str, object]:
    """Without mail nobody but the caller can bring the code to the creator."""
    if case.state is not State.PENDING or settings().mail_enable:
        return {}
    code = secret_of(link_for(case, creator, Purpose.CONFIRM))
    return {"confirmation": {"code": code, "url": confirmation_url(code)}}


@route("/cases", "GET", Act.READ_CASES, asks=CASE_LIST.asks, answers=CASE_LIST.answers)
def list_cases(asked: Json) -> Answer:
    """Cases from the newest back, or as they are asked for."""
    return CASE_LIST.answer(asked)


@route("/cases/confirm", "POST", Act.WRITE_CASES, takes=Confirmation, answers=CaseAnswer, also=(404, 410))
def confirm(new: Json) -> Answer:
    """Confirm a case by the code its creator was given."""
    return case_view(confirm_case(new["code"]))


@route("/cases/<uuid:uuid>", "GET", Act.READ_CASES, answers=CaseAnswer)
def get_case(uuid: UUID) -> Answer:
    """The whole case, with its latest messages."""
    return case_view(case_with_people(uuid))


@route("/cases/<uuid:uuid>/close", "POST", Act.WRITE_CASES, answers=CaseAnswer)
def close(uuid: UUID) -> Answer:
    """Close a case. A closed one stays closed."""
    case = case_for_change(uuid)
    close_case(case, by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/reopen", "POST", Act.WRITE_CASES, answers=CaseAnswer)
def reopen(uuid: UUID) -> Answer:
    """Open a closed case again. An open one stays open."""
    case = case_for_change(uuid)
    reopen_case(case, by=caller().person)
    return case_view(case)

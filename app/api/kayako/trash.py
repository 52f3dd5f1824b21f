"""The trash."""

from app.api.kayako.cases import ONE_CASE
from app.api.kayako.envelope import Done, One
from app.api.kayako.finding import case_to_change, person_calling
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.cases import Ids, IdsInBody
from app.api.kayako.together import ids_in, to_each
from app.api.kayako.views.cases import CASE
from app.cases.discarding import restore_case, trash_case
from app.cases.emptying import empty_trash
from app.people.access import Act


@route("/cases/trash", "PUT", Act.DISCARD_CASES, asks=Ids, takes=IdsInBody)
def trash_together(asked: Json, new: Json) -> Answer:
    """Put several cases into the trash."""
    by = person_calling()
    return to_each(ids_in(asked, new), lambda case: trash_case(case, by=by))


@route("/cases/trash", "DELETE", Act.PURGE_CASES)
def empty() -> Answer:
    """Have all that is in the trash now removed for good, one case after the other."""
    empty_trash(by=person_calling())
    return Done()


@route(f"{ONE_CASE}/trash", "PUT", Act.DISCARD_CASES, shows=CASE)
def trash(case: str) -> Answer:
    """Put a case into the trash. Mail of it that waits is not sent."""
    found = case_to_change(case)
    trash_case(found, by=person_calling())
    return One(CASE, found)


@route(f"{ONE_CASE}/restore", "PUT", Act.WRITE_CASES, shows=CASE)
def restore(case: str) -> Answer:
    """Take a case out of the trash, and say that it is no spam."""
    found = case_to_change(case)
    restore_case(found, by=person_calling())
    return One(CASE, found)

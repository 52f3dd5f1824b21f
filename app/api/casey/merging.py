"""Merging cases, undoing that, and splitting a case."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.links import named_case
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.links import Merge, Split
from app.api.casey.views.cases import CaseAnswer, case_view
from app.cases.merging import merge_cases
from app.cases.posts import messages_in
from app.cases.queries import case_by_uuid, case_for_change, locked_together
from app.cases.splitting import split_case
from app.cases.unmerging import unmerge_case
from app.errors import Invalid
from app.people.access import Act


@route("/cases/<uuid:uuid>/merge", "POST", Act.MERGE_CASES, takes=Merge, answers=CaseAnswer)
def merge(uuid: UUID, new: Json) -> Answer:
    """Merge a case into another one. Answers with that one."""
    case, into = case_by_uuid(uuid), named_case(new["into"], "into")
    locked_together(case, into)
    merge_cases(case, into, share=new["share"], by=caller().person)
    return case_view(into)


@route("/cases/<uuid:uuid>/unmerge", "POST", Act.MERGE_CASES, answers=CaseAnswer)
def unmerge(uuid: UUID) -> Answer:
    """Undo a merge. Answers with the case that was merged."""
    case = case_by_uuid(uuid)
    locked_together(case, case.merged_into or case)
    unmerge_case(case, by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/split", "POST", Act.MERGE_CASES, takes=Split, answers=CaseAnswer, status=201)
def split(uuid: UUID, new: Json) -> Answer:
    """Make a case of some messages of another one. Answers with the new one."""
    case = case_for_change(uuid)
    posts = messages_in(case, new["messages"])
    if len(posts) < len(set(new["messages"])):
        raise Invalid("Some of these messages are not on this case.", field="messages")
    return case_view(split_case(case, posts, new["subject"], by=caller().person))

"""Spam and trash."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, route
from app.api.casey.views.cases import CaseAnswer, case_view
from app.api.casey.views.trash import EmptyingAnswer, PurgedCase, emptying_view
from app.cases.discarding import mark_spam, restore_case, trash_case, unmark_spam
from app.cases.emptying import empty_trash
from app.cases.purging import locked_with_merged, purge_case
from app.cases.queries import case_for_change
from app.people.access import Act


@route("/cases/<uuid:uuid>/spam", "POST", Act.DISCARD_CASES, answers=CaseAnswer)
def spam(uuid: UUID) -> Answer:
    """Mark a case as spam. Mail of it that waits is not sent."""
    case = case_for_change(uuid)
    mark_spam(case, by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/unspam", "POST", Act.DISCARD_CASES, answers=CaseAnswer)
def unspam(uuid: UUID) -> Answer:
    """Take the mark off."""
    case = case_for_change(uuid)
    unmark_spam(case, by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/trash", "POST", Act.DISCARD_CASES, answers=CaseAnswer)
def trash(uuid: UUID) -> Answer:
    """Put a case into the trash. Mail of it that waits is not sent."""
    case = case_for_change(uuid)
    trash_case(case, by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/restore", "POST", Act.DISCARD_CASES, answers=CaseAnswer)
def restore(uuid: UUID) -> Answer:
    """Take a case out of the trash, and say that it is no spam."""
    case = case_for_change(uuid)
    restore_case(case, by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/purge", "POST", Act.PURGE_CASES, answers=PurgedCase)
def purge(uuid: UUID) -> Answer:
    """Remove a case that is in the trash for good."""
    case = case_for_change(uuid, lock=locked_with_merged)
    gone: Answer = {"uuid": str(case.uuid), "reference": case.reference}
    purge_case(case, by=caller().person)
    return gone


@route("/trash/empty", "POST", Act.PURGE_CASES, answers=EmptyingAnswer, status=202)
def empty() -> Answer:
    """Have all that is in the trash now purged, one case after the other."""
    return emptying_view(empty_trash(by=caller().person))

"""Opening a case and changing one, as Deskie's words say it."""

from typing import Any

from app.api.deskie.custom_fields import read_fields
from app.api.deskie.finding import staff_numbered, user_of
from app.api.deskie.languages import language_code
from app.api.deskie.words import CONTACTS, WRITTEN, kept_channel
from app.cases.changing import change_case
from app.cases.content import Content
from app.cases.custom_fields import FieldLevel
from app.cases.known_labels import labels_numbered
from app.cases.labels import attach_labels, detach_labels, replace_labels
from app.cases.models import Case, Priority
from app.cases.opening import open_case
from app.cases.participation import add_participant
from app.mail.formatted import text_and_html
from app.people.models import Person
from app.people.persons import find_or_create_person, person_numbered
from app.people.teams import team_numbered

Json = dict[str, Any]


def opened(new: Json, *, by: Person | None) -> Case:
    """Open a case for its user. It is confirmed from the start, since staff opens it."""
    body, html = text_and_html(new.get("content") or None, new.get("content_html") or None)
    case = open_case(
        user_of(new),
        new["subject"],
        body,
        channel=kept_channel(new.get("channel") or "web"),
        tags=[one.name for one in labels_numbered(new["labels"], field="labels")],
        confirmed=True,
        content=Content(html=html, files=tuple(new["files"])),
        at=new.get("created_at"),
    )
    for address in (*new["cc_emails"], *new["bcc_emails"]):
        add_participant(case, find_or_create_person(address, field="cc_emails"), by=by)
    change_case(case, facts(new), by=by)
    return case


def changed(case: Case, new: Json, *, by: Person | None) -> None:
    """Change what is said of a case, and its labels."""
    change_case(case, facts(new) | _subject(new) | _requester(new), by=by)
    if "labels" in new:
        replace_labels(case, _names(new["labels"], "labels"), by=by)
    attach_labels(case, _names(new["add_labels"], "add_labels"), by=by)
    detach_labels(case, _names(new["delete_labels"], "delete_labels"), by=by)


def facts(new: Json) -> Json:
    """What is said of a case, in the words of ``change_case``."""
    found: Json = {}
    if "priority" in new:
        found["priority"] = Priority(new["priority"])
    if "status" in new:
        found["status"] = WRITTEN[new["status"]]
    if "language_id" in new:
        found["language"] = language_code(new["language_id"])
    if "custom_fields" in new:
        found["custom_fields"] = read_fields(FieldLevel.CASE, new["custom_fields"])
    return found | _answerable(new)


def _answerable(new: Json) -> Json:
    """Who answers for the case; 0 is nobody."""
    found: Json = {}
    if "staff_id" in new:
        found["assignee"] = staff_numbered(new["staff_id"], field="staff_id") if new["staff_id"] else None
    if "group_id" in new:
        found["team"] = team_numbered(new["group_id"], field="group_id") if new["group_id"] else None
    return found


def _subject(new: Json) -> Json:
    return {"subject": new["subject"]} if "subject" in new else {}


def _requester(new: Json) -> Json:
    """Whose case it is from now on, if that is said."""
    if "user_id" in new:
        return {"requester": person_numbered(new["user_id"], field="user_id")}
    return {"requester": user_of(new)} if any(new.get(name) for name in CONTACTS) else {}


def _names(ids: list[int], field: str) -> list[str]:
    return [one.name for one in labels_numbered(ids, field=field)]

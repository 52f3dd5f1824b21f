"""Labels, and the tags of a case."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.schemas.labels import NamedLabel, Tags
from app.api.casey.views.cases import CaseAnswer, case_view
from app.api.casey.views.labels import LabelAnswer, label_view
from app.api.casey.views.shapes import page, page_of
from app.cases.known_labels import case_count, create_label, delete_label, label_by_name, labels_page, rename_label
from app.cases.labels import attach_labels, detach_labels, replace_labels
from app.cases.queries import case_for_change
from app.people.access import Act


@route("/cases/<uuid:uuid>/tags", "PUT", Act.WRITE_CASES, takes=Tags, answers=CaseAnswer)
def replace(uuid: UUID, new: Json) -> Answer:
    """Give a case these tags and no others. One that a rule put there must be among them."""
    case = case_for_change(uuid)
    replace_labels(case, new["tags"], by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/tags", "POST", Act.WRITE_CASES, takes=Tags, answers=CaseAnswer)
def attach(uuid: UUID, new: Json) -> Answer:
    """Put tags on a case, beside those it has."""
    case = case_for_change(uuid)
    attach_labels(case, new["tags"], by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/tags/<path:tag>", "DELETE", Act.WRITE_CASES, answers=CaseAnswer)
def detach(uuid: UUID, tag: str) -> Answer:
    """Take a tag off a case. One that it does not have is none."""
    case = case_for_change(uuid)
    detach_labels(case, [tag], by=caller().person)
    return case_view(case)


@route("/labels", "GET", Act.READ_CASES, asks=Page, answers=page_of(LabelAnswer))
def index(asked: Json) -> Answer:
    """Labels from the oldest on, each with the number of its cases."""
    found = labels_page(after=asked["cursor"] or 0, limit=asked["limit"])
    cursor = found[-1][0].id if len(found) == asked["limit"] else None
    return page([label_view(label, cases) for label, cases in found], cursor)


@route("/labels", "POST", Act.CHANGE_LABELS, takes=NamedLabel, answers=LabelAnswer, status=201)
def create(new: Json) -> Answer:
    """Make a label."""
    return label_view(create_label(new["name"], by=caller().person), 0)


@route("/labels/<path:name>", "GET", Act.READ_CASES, answers=LabelAnswer)
def show(name: str) -> Answer:
    """One label, by its name in upper or lower case."""
    label = label_by_name(name)
    return label_view(label, case_count(label))


@route("/labels/<path:name>", "PATCH", Act.CHANGE_LABELS, takes=NamedLabel, answers=LabelAnswer)
def rename(name: str, new: Json) -> Answer:
    """Give a label another name, on every case that has it."""
    label = label_by_name(name)
    rename_label(label, new["name"], by=caller().person)
    return label_view(label, case_count(label))


@route("/labels/<path:name>", "DELETE", Act.CHANGE_LABELS, answers=LabelAnswer)
def delete(name: str) -> Answer:
    """Take a label off every case, and delete it."""
    label = label_by_name(name)
    last = label_view(label, case_count(label))
    delete_label(label, by=caller().person)
    return last

"""Labels."""

from app.api.auth import caller
from app.api.deskie.errors import LabelNotFound
from app.api.deskie.ids import id_in, told_as
from app.api.deskie.naming import in_words
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.labels import TitledLabel
from app.api.deskie.schemas.pages import Paged, page_asked
from app.api.deskie.views.labels import LabelList, OneLabel, label_row, one_label
from app.api.deskie.views.shapes import Shape, numbered
from app.cases.known_labels import create_label, delete_label, label_by_id, numbered_labels, rename_label
from app.cases.labels import Label
from app.people.access import Act

LABEL = ("label", "labels")
ONE = "/labels/<label>.json"
FACTS = {"label_title": "name"}


@route("/labels.json", "GET", Act.READ_CASES, asks=Paged, answers=LabelList)
def index(asked: Json) -> Answer:
    """Labels from the oldest on."""
    found = numbered_labels(page_asked(asked))
    return numbered("label", map(label_row, found.rows), found.total)


@route("/labels.json", "POST", Act.CHANGE_LABELS, takes=TitledLabel, inside=LABEL, answers=OneLabel, status=201)
def create(new: Json) -> Answer:
    """Make a label."""
    with in_words(FACTS):
        return one_label(create_label(new["label_title"], by=caller().person))


@route(ONE, "PUT", Act.CHANGE_LABELS, takes=TitledLabel, inside=LABEL, answers=OneLabel)
def update(label: str, new: Json) -> Answer:
    """Give a label another title, on every case that has it."""
    found = _label(label)
    with in_words(FACTS):
        rename_label(found, new["label_title"], by=caller().person)
    return one_label(found)


@route(ONE, "DELETE", Act.CHANGE_LABELS, answers=Shape)
def delete(label: str) -> Answer:
    """Take a label off every case, and delete it."""
    delete_label(_label(label), by=caller().person)
    return {}


def _label(part: str) -> Label:
    with told_as(LabelNotFound, "There is no label with this id."):
        return label_by_id(id_in(part))

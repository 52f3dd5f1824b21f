"""Tags: every one there is."""

from app.api.auth import caller
from app.api.kayako.envelope import Done, Many, One
from app.api.kayako.finding import found_at, one_at
from app.api.kayako.paging import Offset, Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.views.tags import TAG
from app.api.lenient import Lenient, text
from app.cases.known_labels import create_label, delete_label, numbered_labels, rename_label
from app.cases.labels import LONGEST_LABEL
from app.people.access import Act


class TagName(Lenient):
    """What a tag is to be called."""

    name = text(LONGEST_LABEL, least=1, required=True)


@route("/tags", "GET", Act.READ_CASES, asks=Paged, shows=TAG, many=True)
def index(asked: Json) -> Answer:
    """Tags from the oldest on."""
    page = Offset.asked(asked)
    found = numbered_labels(page)
    return Many(TAG, found.rows, found.total, page)


@route("/tags/<tag>", "GET", Act.READ_CASES, shows=TAG)
def show(tag: str) -> Answer:
    """One tag."""
    return one_at(TAG, tag)


@route("/tags", "POST", Act.CHANGE_LABELS, takes=TagName, shows=TAG, status=201, scope="configuration")
def create(new: Json) -> Answer:
    """Make a tag."""
    return One(TAG, create_label(new["name"], by=caller().person))


@route("/tags/<tag>", "PUT", Act.CHANGE_LABELS, takes=TagName, shows=TAG, scope="configuration")
def rename(tag: str, new: Json) -> Answer:
    """Call a tag otherwise, on every case."""
    found = found_at(TAG, tag)
    rename_label(found, new["name"], by=caller().person)
    return One(TAG, found)


@route("/tags/<tag>", "DELETE", Act.CHANGE_LABELS, scope="configuration")
def delete(tag: str) -> Answer:
    """Take a tag off every case, and delete it."""
    delete_label(found_at(TAG, tag), by=caller().person)
    return Done()

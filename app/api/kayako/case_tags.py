"""The tags of a case. Every change answers with all that it has then."""

from app.api.kayako.cases import ONE_CASE
from app.api.kayako.envelope import Many
from app.api.kayako.finding import case_to_change, number_in, person_calling
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.cases import Tags, TagsInQuery
from app.api.kayako.views.tags import TAG
from app.cases.labels import attach_labels, detach_labels, labels_of, replace_labels
from app.cases.models import Case
from app.cases.queries import case_numbered
from app.people.access import Act

TAGS = f"{ONE_CASE}/tags"


@route(TAGS, "GET", Act.READ_CASES, shows=TAG, many=True)
def index(case: str) -> Answer:
    """The tags of a case, the oldest first."""
    return _of(case_numbered(number_in(case)))


@route(TAGS, "POST", Act.WRITE_CASES, takes=Tags, shows=TAG, many=True, status=201)
def add(case: str, new: Json) -> Answer:
    """Put tags on a case."""
    found = case_to_change(case)
    attach_labels(found, new["tags"], by=person_calling())
    return _of(found)


@route(TAGS, "PUT", Act.WRITE_CASES, takes=Tags, shows=TAG, many=True)
def replace(case: str, new: Json) -> Answer:
    """Leave exactly these tags on a case."""
    found = case_to_change(case)
    replace_labels(found, new["tags"], by=person_calling())
    return _of(found)


@route(TAGS, "DELETE", Act.WRITE_CASES, asks=TagsInQuery, shows=TAG, many=True)
def remove(case: str, asked: Json) -> Answer:
    """Take tags off a case."""
    found = case_to_change(case)
    detach_labels(found, asked["tags"], by=person_calling())
    return _of(found)


def _of(case: Case) -> Many:
    labels = labels_of(case)
    return Many(TAG, labels, len(labels))

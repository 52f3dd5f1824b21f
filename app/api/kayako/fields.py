"""Fields of cases."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from app.api.auth import caller
from app.api.kayako.envelope import Done, Many, One
from app.api.kayako.finding import found_at, one_at
from app.api.kayako.listing import few
from app.api.kayako.naming import rename
from app.api.kayako.paging import Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.forms import TYPES, FieldChange, NewField
from app.api.kayako.views.fields import FIELD, OPTION, every_field
from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.field_definitions import change_field, define_field, delete_field
from app.errors import CaseyError, Conflict
from app.people.access import Act

FIELDS, ONE_FIELD = "/cases/fields", "/cases/fields/<field>"
OURS = {
    "is_required_for_agents": "required",
    "is_visible_to_customers": "visible_to_customers",
    "regular_expression": "pattern",
}
OF_AN_OPTION = re.compile(r"^(options\.\d+\.)key$", re.ASCII)
NO_WORD = re.compile(r"[^a-z0-9]+")


@route(FIELDS, "GET", Act.READ_CASES, asks=Paged, shows=FIELD, many=True)
def index(asked: Json) -> Answer:
    """What every case has, and the operator's own fields."""
    return few(FIELD, every_field(), asked)


@route(ONE_FIELD, "GET", Act.READ_CASES, shows=FIELD)
def show(field: str) -> Answer:
    """One field."""
    return one_at(FIELD, field)


@route(f"{ONE_FIELD}/options", "GET", Act.READ_CASES, shows=OPTION, many=True)
def options(field: str) -> Answer:
    """The choices of a field."""
    found = found_at(FIELD, field)
    rows = found.options if isinstance(found, CustomField) else []
    return Many(OPTION, rows, len(rows))


@route(FIELDS, "POST", Act.CHANGE_FIELDS, takes=NewField, shows=FIELD, status=201, scope="configuration")
def define(new: Json) -> Answer:
    """Define a field of the operator's own."""
    key = new.get("key") or keyed(new["title"])
    with _in_words():
        made = define_field(FieldLevel.CASE, key, TYPES[new["type"]], _facts(new), by=caller().person)
    return One(FIELD, made)


@route(ONE_FIELD, "PUT", Act.CHANGE_FIELDS, takes=FieldChange, shows=FIELD, scope="configuration")
def change(field: str, new: Json) -> Answer:
    """Change what is said of a field of the operator's own."""
    found = _own(field)
    with _in_words():
        change_field(found, _facts(new), by=caller().person)
    return One(FIELD, found)


@route(ONE_FIELD, "DELETE", Act.CHANGE_FIELDS, scope="configuration")
def delete(field: str) -> Answer:
    """Delete a field of the operator's own. Its values are kept, and hidden."""
    delete_field(_own(field), by=caller().person)
    return Done()


@contextmanager
def _in_words() -> Iterator[None]:
    """What is wrong, under the name that it has here: the key of an option is its tag."""
    try:
        yield
    except CaseyError as error:
        rename(error, {ours: theirs for theirs, ours in OURS.items()})
        error.fields = {OF_AN_OPTION.sub(r"\1tag", path): sentence for path, sentence in error.fields.items()}
        raise


def keyed(title: str) -> str:
    """The key of something that was given a title alone."""
    return NO_WORD.sub("_", title.lower()).strip("_")[:100] or "field"


def _own(field: str) -> CustomField:
    found = found_at(FIELD, field)
    if not isinstance(found, CustomField):
        raise Conflict("Every case has this field, which stays as it is.")
    return found


def _facts(new: Json) -> Json:
    """What is said of a field, in the words of the verbs."""
    facts = {OURS.get(name, name): value for name, value in new.items() if name not in {"options", "key", "type"}}
    if "options" in new:
        facts["options"] = [
            {"key": one.get("tag") or keyed(one["value"]), "title": one["value"]} for one in new["options"]
        ]
    return facts

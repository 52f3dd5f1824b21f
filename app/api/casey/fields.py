"""Fields of the operator's own."""

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.definitions import FieldChange, FieldsPage, NewField
from app.api.casey.views.definitions import FieldAnswer, field_view
from app.api.casey.views.shapes import page, page_of
from app.cases.field_definitions import change_field, define_field, delete_field, field_by_key, fields_page
from app.people.access import Act


@route("/fields", "GET", Act.READ_CASES, asks=FieldsPage, answers=page_of(FieldAnswer))
def index(asked: Json) -> Answer:
    """Fields from the oldest on; ``level`` narrows the list."""
    found = fields_page(level=asked["level"], after=asked["cursor"] or 0, limit=asked["limit"])
    return page([field_view(one) for one in found], found[-1].id if len(found) == asked["limit"] else None)


@route("/fields", "POST", Act.CHANGE_FIELDS, takes=NewField, answers=FieldAnswer, status=201)
def define(new: Json) -> Answer:
    """Define a field. A deleted one of the same type comes back, with its values."""
    return field_view(define_field(new["level"], new["key"], new["type"], new, by=caller().person))


@route("/fields/<level>/<key>", "GET", Act.READ_CASES, answers=FieldAnswer)
def show(level: str, key: str) -> Answer:
    """One field."""
    return field_view(field_by_key(level, key))


@route("/fields/<level>/<key>", "PATCH", Act.CHANGE_FIELDS, takes=FieldChange, answers=FieldAnswer)
def change(level: str, key: str, new: Json) -> Answer:
    """Change a field. Values that were given stay as they are."""
    field = field_by_key(level, key)
    change_field(field, new, by=caller().person)
    return field_view(field)


@route("/fields/<level>/<key>", "DELETE", Act.CHANGE_FIELDS, answers=FieldAnswer)
def delete(level: str, key: str) -> Answer:
    """Delete a field. Its values are kept, and hidden."""
    field = field_by_key(level, key)
    delete_field(field, by=caller().person)
    return field_view(field)

"""The note that is kept of a user or an organization, on Kayako's wire, where it has the number of whom it is about."""

from collections.abc import Collection, Sequence

from marshmallow import fields

from app.api.kayako.resources import Json, Resource, Shape, a_flag, a_moment, a_number, a_text, a_thing
from app.people.models import Organization, Person


class OwnerNoteShape(Shape):
    """What is noted of a user or an organization. Casey does not keep who wrote which part of it, and when."""

    id = a_number("That of the user or the organization.")
    body_text = a_text()
    body_html = a_text(none=True)
    is_pinned = a_flag()
    pinned_by = a_thing()
    user = a_thing()
    attachments = fields.List(fields.Dict())
    download_all = a_text(none=True)
    created_at = a_moment()
    updated_at = a_moment()


def _notes(rows: Sequence[Person] | Sequence[Organization], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "body_text": one.note,
            "body_html": None,
            "is_pinned": False,
            "pinned_by": None,
            "user": None,
            "attachments": [],
            "download_all": None,
            "created_at": None,
            "updated_at": one.updated_at,
        }
        for one in rows
    ]


def _resource(owner: str) -> Resource:
    path = f"{owner}s/{{0}}/notes/{{0}}"
    return Resource(f"{owner}_note", OwnerNoteShape, _notes, path=path, name="note", type="note")


USER_NOTE, ORGANIZATION_NOTE = _resource("user"), _resource("organization")

"""Macros on Kayako's wire: canned answers, each of which writes a reply and does nothing else."""

from collections.abc import Collection, Mapping, Sequence

from marshmallow import fields

from app.api.auth import caller
from app.api.kayako.resources import Json, Resource, Shape, a_moment, a_number, a_text, a_thing, reference
from app.cases.canned_answers import CannedAnswer, answers_for

ASSIGNEE = {"type": None, "team": None, "agent": None, "resource_type": "macro_assignee"}
UNCHANGED = ("type", "status", "priority_action", "priority")


class MacroShape(Shape):
    """A macro."""

    id = a_number()
    title = a_text()
    reply_type = a_text("REPLY.")
    reply_contents = a_text("HTML where the answer has it.")
    agent = a_thing("Whose it is; nobody where a key of the operator made it.")
    assignee = fields.Dict()
    type = a_thing()
    status = a_thing()
    priority_action = a_text(none=True)
    priority = a_thing()
    visibility = fields.Dict(metadata={"description": "Its type is ALL or SELF."})
    add_tags = fields.List(fields.String())
    remove_tags = fields.List(fields.String())
    usage_count = a_number("null: it is not counted.", none=True)
    last_used_at = a_moment()
    created_at = a_moment()
    updated_at = a_moment()


def _macros(rows: Sequence[CannedAnswer], _optional: Collection[str]) -> list[Json]:
    return [_macro(one) for one in rows]


def _macro(answer: CannedAnswer) -> Json:
    visible = {"type": "ALL" if answer.shared else "SELF", "team": None, "resource_type": "macro_visibility"}
    return {
        "id": answer.id,
        "title": answer.title,
        "reply_type": "REPLY",
        "reply_contents": answer.html or answer.text,
        "agent": reference("user", answer.owner_id),
        "assignee": dict(ASSIGNEE),
        **dict.fromkeys(UNCHANGED),
        "visibility": visible,
        "add_tags": [],
        "remove_tags": [],
        "usage_count": None,
        "last_used_at": None,
        "created_at": answer.created_at,
        "updated_at": answer.updated_at,
    }


def _loaded(ids: Collection[int]) -> Mapping[int, CannedAnswer]:
    return {one.id: one for one in answers_for(caller().person) if one.id in ids}


MACRO = Resource("macro", MacroShape, _macros, _loaded, path="cases/macros/{}")

"""Canned answers on Deskie's wire, where each is a macro that answers the user."""

from collections.abc import Sequence

from marshmallow import fields

from app.api.deskie.views.shapes import Json, Shape
from app.cases.canned_answers import CannedAnswer

WITHOUT_CATEGORY: Json = {"title": "Without category", "sort": 99999, "macros_category_id": 0}


class Macros(Shape):
    """Categories under ``0``, ``1`` and so on; the macros of each stand in ``data`` by their ids."""

    common = fields.Dict(required=True)
    personal = fields.Dict(required=True)


def macros_view(answers: Sequence[CannedAnswer]) -> Json:
    """All that somebody sees: those of the team, and his own."""
    return {
        "common": _categories([one for one in answers if one.shared]),
        "personal": _categories([one for one in answers if not one.shared]),
    }


def _categories(answers: Sequence[CannedAnswer]) -> Json:
    """The one category there is, if there is anything in it."""
    data = {str(one.id): _macro(one, position) for position, one in enumerate(answers)}
    return {"0": {**WITHOUT_CATEGORY, "data": data}} if data else {}


def _macro(answer: CannedAnswer, position: int) -> Json:
    return {"title": answer.title, "position": position, "group_name": "", "actions": [_action(answer)]}


def _action(answer: CannedAnswer) -> Json:
    return {
        "macro_action_id": answer.id,
        "action_type": "email_to_user",
        "action_display_name": "Answer the user",
        "action_destination": "",
        "content": answer.html or answer.text,
        "subject": "",
        "position": 1,
    }

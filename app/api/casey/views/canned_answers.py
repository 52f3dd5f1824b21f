"""Canned answers."""

from app.api.casey.views.shapes import Json, Shape, a_flag, a_moment, a_text, a_uuid, moment
from app.cases.canned_answers import CannedAnswer


class CannedAnswerAnswer(Shape):
    """A canned answer."""

    uuid = a_uuid()
    title = a_text()
    text = a_text()
    html = a_text(null=True)
    shared = a_flag("Whether the whole team sees it.")
    created_at = a_moment()
    updated_at = a_moment()


def canned_answer_view(found: CannedAnswer) -> Json:
    """A canned answer."""
    return {
        "uuid": str(found.uuid),
        **{name: getattr(found, name) for name in ("title", "text", "html", "shared")},
        "created_at": moment(found.created_at),
        "updated_at": moment(found.updated_at),
    }

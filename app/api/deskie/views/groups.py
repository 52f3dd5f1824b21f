"""Groups on Deskie's wire."""

from marshmallow import fields

from app.api.deskie.dates import told
from app.api.deskie.views.shapes import Json, Shape, a_flag, a_moment, a_number, a_text, list_of
from app.people.models import Team


class GroupShape(Shape):
    """A group."""

    group_id = a_number()
    group_title = a_text()
    group_from_name = a_text()
    group_signature = a_text()
    active = a_flag()
    created_at = a_moment()
    updated_at = a_moment()


GroupList = list_of("group", GroupShape)


class OneGroup(Shape):
    """A group in its envelope."""

    group = fields.Nested(GroupShape, required=True)


def one_group(team: Team) -> Json:
    """A group in its envelope."""
    return {"group": group_row(team)}


def group_row(team: Team) -> Json:
    """A group as a list shows it."""
    return {
        "group_id": team.id,
        "group_title": team.name,
        "group_from_name": team.from_name,
        "group_signature": team.signature,
        "active": team.disabled_at is None,
        "created_at": told(team.created_at),
        "updated_at": told(team.updated_at),
    }

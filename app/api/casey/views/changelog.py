"""What happened to a case."""

from app.api.casey.views.persons import PersonBrief
from app.api.casey.views.shapes import Json, Shape, a_moment, a_part, a_text, a_uuid, an_object, any_value
from app.events import Event
from app.feed.telling import told


class ChangeAnswer(Shape):
    """Something that happened to a case, as the log of events tells it."""

    uuid = a_uuid()
    name = a_text(help="What happened, such as case_closed.")
    actor = a_part(PersonBrief, null=True)
    old = any_value()
    new = any_value()
    details = an_object()
    created_at = a_moment()


MEMBERS = tuple(ChangeAnswer().fields)


def change_views(events: list[Event]) -> list[Json]:
    """What happened to a case, without what all of it has in common."""
    return [{name: one[name] for name in MEMBERS} for one in told(events)]

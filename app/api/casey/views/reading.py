"""How far a case was read, on the native wire."""

from app.api.casey.views.shapes import Json, Shape, a_moment, a_number, a_uuid, moment
from app.cases.models import Case
from app.cases.posts import posts_with_ids
from app.cases.read_markers import read_so_far
from app.people.models import Person


class ReadAnswer(Shape):
    """How far a person has read a case."""

    post = a_uuid(null=True, help="The last message or note that he has read, if it is still there.")
    read_at = a_moment(null=True)
    unread = a_number(help="How many messages and notes of others stand behind it.")


def read_view(case: Case, reader: Person) -> Json:
    """How far a person has read a case."""
    found = read_so_far([case.id], reader)[case.id]
    post = posts_with_ids([found.post_id]).get(found.post_id) if found.post_id else None
    return {"post": str(post.uuid) if post else None, "read_at": moment(found.read_at), "unread": found.unread}

"""Notes: what the team writes to itself on a case."""

from app.cases.content import Content
from app.cases.models import Case, Post, PostKind
from app.cases.posting import write_post
from app.errors import Forbidden
from app.events import record
from app.people.models import Person


def write_note(
    case: Case,
    text: str,
    *,
    by: Person,
    channel: str,
    content: Content | None = None,
    verified: bool = True,
) -> Post:
    """Put an internal note on a case. Nobody is mailed, nobody joins, and the case stands where it stood.

    Raises Forbidden for whoever is not of the team, Invalid for an empty note.
    """
    if not (by.team and by.active):
        raise Forbidden("Only the team writes notes.", field="from")
    note = write_post(case, text, by=by, channel=channel, kind=PostKind.NOTE, content=content, verified=verified)
    record(case, "note_written", by=by, timeline_id=note.id, new={"post": note.id})
    return note

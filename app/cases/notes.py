"""Notes: what the team writes to itself on a case."""

from datetime import datetime

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
    at: datetime | None = None,
) -> Post:
    """Put an internal note on a case. Nobody is mailed, nobody joins, and the case stands where it stood.

    ``at`` is when it was written, if that was not now. Raises Forbidden for whoever is not of the team, Invalid for an
    empty note, and for a moment that is still to come.
    """
    if not (by.team and by.active):
        raise Forbidden("Only the team writes notes.", field="from")
    note = write_post(
        case, text, by=by, channel=channel, kind=PostKind.NOTE, content=content, verified=verified, mailed=False, at=at
    )
    record(case, "note_written", by=by, timeline_id=note.id, new={"post": note.id})
    return note

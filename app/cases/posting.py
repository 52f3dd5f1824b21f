"""Messages on a case: who may write one, and what it does."""

from datetime import datetime
from typing import Any

from app.cases.attachments import new_attachment
from app.cases.content import Content, kept_html, kept_spans
from app.cases.lifecycle import reopen_case, set_status
from app.cases.models import Case, Participant, Post, PostKind, State, Status
from app.cases.moments import note_written
from app.cases.participation import NAMELESS, alias_of, join_case, participates
from app.cases.queries import MERGED
from app.clock import now
from app.config import settings
from app.errors import Conflict, Forbidden, Invalid
from app.events import record
from app.extensions import db
from app.people.contact import note_contact
from app.people.models import Person
from app.text import storable
from app.timeline import EntryKind, TimelineEntry

LONGEST_BODY = 1_000_000


def post_message(
    case: Case,
    body: str,
    *,
    by: Person,
    channel: str,
    content: Content | None = None,
    robot: bool = False,
    verified: bool = True,
    mailed: bool = True,
    at: datetime | None = None,
) -> Post:
    """Put a public message on a case; a team member who writes joins it.

    A robot's message is kept and marked, but changes nothing: it reopens no case and is passed on to nobody. One that
    is not ``mailed`` does all that messages do but leave the house. One that was written elsewhere, ``at`` another
    time, is told to nobody at all, and the case stands where it stood.
    Raises Forbidden when the author is not in the case, Conflict for one that takes no messages.
    """
    check_may_post(case, by)
    if at is not None:
        return _backdated(case, body, at, by=by, channel=channel, content=content)
    if not robot:
        enter(case, by)
    post = write_post(
        case, body, by=by, channel=channel, content=content, robot=robot, verified=verified, mailed=mailed
    )
    announce(post)
    return post


def _backdated(case: Case, body: str, at: datetime, *, by: Person, channel: str, content: Content | None) -> Post:
    join_case(case, by)
    post = write_post(case, body, by=by, channel=channel, content=content, mailed=False, at=at)
    record(case, "message_imported", by=by, timeline_id=post.id, new={"post": post.id})
    return post


def announce(post: Post) -> None:
    """Say that a message is there, which all others in the case get, and where the case stands now."""
    case, by = post.case, post.author
    if not post.robot:
        set_status(case, Status.WAITING if by.team else Status.OPEN, by=by)
    record(case, "message_posted", by=by, timeline_id=post.id, new={"post": post.id, "robot": post.robot})


def check_may_post(case: Case, author: Person) -> None:
    """Raises Forbidden for strangers and the removed, Conflict for a case that is merged, pending, spam or trash."""
    if not author.active:
        raise Forbidden("This person may no longer write.", field="from")
    if not author.team and not participates(case, author):
        raise Forbidden("This person is not a participant of the case.", field="from")
    if case.merged_into_id is not None:
        raise Conflict(MERGED)
    if case.state is not State.ACTIVE:
        raise Conflict(f"The case is {SPOKEN[case.state]} and takes no messages.")


SPOKEN = {State.PENDING: "not confirmed yet", State.SPAM: "marked as spam", State.TRASH: "in the trash"}


def takes_messages(case: Case) -> bool:
    """Whether a message may be put on the case as it stands, reopening it if need be."""
    if case.merged_into_id is not None or case.state is not State.ACTIVE:
        return False
    return not case.closed or settings().case_can_reopen


def enter(case: Case, by: Person) -> None:
    """Open the case again if need be, and let its writer in. Raises Conflict for one that stays closed."""
    if case.closed and not settings().case_can_reopen:
        raise Conflict("The case is closed, and closed cases cannot be reopened here.")
    if case.closed:
        reopen_case(case, by=by)
    join_case(case, by)


def write_post(
    case: Case,
    body: str,
    *,
    by: Person,
    channel: str,
    kind: PostKind = PostKind.MESSAGE,
    content: Content | None = None,
    robot: bool = False,
    verified: bool = True,
    mailed: bool = True,
    send_at: datetime | None = None,
    first: bool = False,
    at: datetime | None = None,
) -> Post:
    """Add a post to the timeline, without what follows from it; of the ``first`` one the case tells already.

    ``at`` is when it was written, if that was not now. Raises Invalid for an empty or endless body, and for a moment
    that is still to come.
    """
    check_body(body, kind, robot=robot)
    then = {"created_at": _past(at)} if at else {}  # else it is now, and the row goes in together with others
    post = Post(
        entry=TimelineEntry(case_id=case.id, kind=EntryKind(kind), **then),
        case=case,
        kind=kind,
        author=by,
        channel=channel,
        robot=robot,
        verified=verified,
        mailed=mailed,
        send_at=send_at,
        **then,
        **_stored(storable(body), content or Content()),
    )
    db.session.add(post)  # not by case.posts, which would load all there are
    if send_at is None and not first:
        touch(case, by, at or now(), kind)
    db.session.flush()
    return post


def _past(at: datetime) -> datetime:
    if at > now():
        raise Invalid("This must be in the past.", field="created_at")
    return at


def _stored(body: str, content: Content) -> dict[str, Any]:
    """What was written, as a post keeps it."""
    return {
        "body": body,
        "html": kept_html(content.html),
        "visible": kept_spans(content.visible, body),
        "attachments": [new_attachment(file) for file in content.files],
        "client_id": content.sender.client_id,
        "source": content.sender.source,
        "details": content.sender.details,
    }


def check_body(body: str, kind: PostKind, *, robot: bool = False) -> None:
    """Raises Invalid, naming the field, for a text that is endless, or empty though a person wrote it."""
    if not body.strip() and not robot:
        raise Invalid(f"A {kind} must not be empty.", field=kind)
    if len(body) > LONGEST_BODY:
        raise Invalid(f"A {kind} must be at most {LONGEST_BODY:,} characters long.", field=kind)


def touch(case: Case, by: Person, at: datetime, kind: PostKind = PostKind.MESSAGE) -> None:
    """Note that somebody wrote to the case then."""
    note_written(case, by, at, kind)
    case.last_post_at = max(case.last_post_at or at, at)
    if by.team:
        case.last_team_post_at = max(case.last_team_post_at or at, at)
    else:
        case.last_customer_post_at = max(case.last_customer_post_at or at, at)
        note_contact(by, at)


def alias_in(case: Case, person: Person, *, reader: Person | None = None) -> str:
    """The name the others see of a person in this case.

    Of whoever has told us none, the team and he himself see the one that was made of his address.
    """
    known: list[Participant] = [one for one in case.participants if one.person_id == person.id]
    alias = known[0].alias if known else alias_of(person)
    informed = reader is not None and (reader.team or reader.id == person.id)
    return person.name if informed and alias == NAMELESS else alias

"""Messages that are sent later. Until then nobody but the team knows of them.

``send_at`` is the ledger: what has one waits. Sending takes it away, in the transaction in which all that follows from
a message is written down, so that a crash at any moment leaves the message waiting, or sent.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import select

from app.cases.content import Content
from app.cases.editing import delete_post
from app.cases.models import Case, Post
from app.cases.posting import SPOKEN, announce, check_may_post, enter, touch, write_post
from app.cases.queries import locked
from app.clock import now
from app.errors import Conflict, Forbidden, Invalid
from app.events import record
from app.extensions import db
from app.people.models import Person

BATCH = 100
LONGEST = timedelta(days=365)


def schedule_message(
    case: Case,
    body: str,
    send_at: datetime,
    *,
    by: Person,
    channel: str,
    content: Content | None = None,
    mailed: bool = True,
) -> Post:
    """Write a message that is sent later. Until then the case stands as it stood.

    Raises Invalid for a time that is past or more than a year ahead, and what ``post_message`` raises.
    """
    check_may_post(case, by)
    _check_time(send_at)
    post = write_post(case, body, by=by, channel=channel, content=content, mailed=mailed, send_at=send_at)
    record(case, "message_scheduled", by=by, new={"post": post.id, "send_at": send_at.isoformat()})
    return post


def reschedule_message(post: Post, send_at: datetime, *, by: Person | None) -> None:
    """Send a message at another time. Raises Invalid for a bad one, Conflict for a message that has been sent."""
    was = _waits_until(post)
    _check_time(send_at)
    if was != send_at:
        post.send_at = send_at
        new = {"post": post.id, "send_at": send_at.isoformat()}
        record(post.case, "message_rescheduled", by=by, old=was.isoformat(), new=new)


def cancel_message(post: Post, *, by: Person | None) -> None:
    """Do not send a message at all. Raises Conflict for one that has been sent."""
    _waits_until(post)
    delete_post(post, by=by)


def _waits_until(post: Post) -> datetime:
    if post.send_at is None:
        raise Conflict("This message has been sent.")
    return post.send_at


def _check_time(send_at: datetime) -> None:
    if not now() < send_at <= now() + LONGEST:
        raise Invalid("A message is sent later at a time to come, a year from now at most.", field="send_at")


def cases_with_due_messages(*, skip: int) -> list[int]:
    """The ids of cases on which messages wait whose time has come, each once: of a batch of such messages.

    Those of spam and trash are left out. They are held, and sent when the case is taken out of there.
    """
    in_play = select(Case.id).where(Case.id == Post.case_id, Case.spam_at.is_(None), Case.trashed_at.is_(None))
    due = select(Post.case_id).where(Post.send_at <= now(), Post.deleted_at.is_(None))
    due = due.where(in_play.scalar_subquery().is_not(None))
    return list(dict.fromkeys(db.session.scalars(due.order_by(Post.send_at, Post.id).offset(skip).limit(BATCH))))


def why_held(post: Post) -> str | None:
    """Why a message that waits will not be sent when its time comes, while that is so."""
    if post.send_at is None or not post.case.discarded:
        return None
    where = SPOKEN[post.case.state]
    return f"The case is {where}. The message is sent when that is taken back, if its time has come by then."


def send_due_messages(case_id: int) -> bool:
    """Send the messages of a case whose time has come, each once. Says that nothing is left to be done."""
    case = locked(db.session.get_one(Case, case_id))
    for post_id in [] if case.discarded else sorted(_claimed(case)):
        _send(db.session.get_one(Post, post_id, populate_existing=True))
    return True


def _claimed(case: Case) -> list[int]:
    due = sa.update(Post).where(Post.case_id == case.id, Post.send_at <= now(), Post.deleted_at.is_(None))
    return list(db.session.scalars(due.values(send_at=None, created_at=now()).returning(Post.id)))


def _send(post: Post) -> None:
    """Put the message on the case as if it were written now, unless its author may not write there any more."""
    case, author = post.case, post.author
    try:
        check_may_post(case, author)
        enter(case, author)
    except (Conflict, Forbidden) as error:
        post.deleted_at = now()
        record(case, "message_not_sent", by=None, new={"post": post.id, "why": error.message})
    else:
        touch(case, author, post.created_at)
        announce(post)

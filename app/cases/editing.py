"""Changing what was written: editing a message or note, deleting it, and pinning it.

What was mailed already stays as it was. A mail that still waits is made of the post as it then is.
"""

from app.cases.content import kept_html
from app.cases.models import Post
from app.cases.posting import check_body
from app.cases.queries import first_post_id
from app.clock import now
from app.errors import Conflict
from app.events import record
from app.people.models import Person
from app.text import storable


def edit_post(post: Post, body: str, html: str | None = None, *, by: Person | None) -> None:
    """Give a post another text. The old one stays in the event. Raises Invalid for an empty or endless text."""
    check_body(body, post.kind)
    body, html = storable(body), kept_html(html)
    if (post.body, post.html) == (body, html):
        return
    was = {"body": post.body, "html": post.html}
    post.body, post.html, post.visible, post.edited_at = body, html, None, now()
    _record(post, "edited", by=by, old=was)


def delete_post(post: Post, *, by: Person | None) -> None:
    """Take a post out of the case; what waits to be mailed of it stays here.

    Raises Conflict for the message that opened the case, which all that is mailed about the case begins with.
    """
    if post.deleted_at is not None:
        return
    if post.id == first_post_id(post.case):
        raise Conflict("This message opened the case and cannot be deleted without it.")
    post.deleted_at, post.send_at, post.pinned_at = now(), None, None
    _record(post, "deleted", by=by)


def pin_post(post: Post, *, by: Person | None) -> None:
    """Mark a post as one to be found at once. A pinned one stays so."""
    if post.pinned_at is None:
        post.pinned_at = now()
        _record(post, "pinned", by=by)


def unpin_post(post: Post, *, by: Person | None) -> None:
    """Take that mark away. A post without it stays so."""
    if post.pinned_at is not None:
        post.pinned_at = None
        _record(post, "unpinned", by=by)


def _record(post: Post, what: str, *, by: Person | None, old: object = None) -> None:
    record(post.case, f"{post.kind}_{what}", by=by, old=old, new={"post": post.id})

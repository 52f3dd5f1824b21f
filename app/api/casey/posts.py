"""What the routes of messages and those of notes have in common."""

from uuid import UUID

from app.api.auth import caller
from app.api.authorship import check_may_change
from app.api.casey.routing import Json
from app.cases.content import Content
from app.cases.editing import edit_post
from app.cases.models import Post, PostKind
from app.cases.posts import post_in
from app.cases.queries import case_for_change
from app.mail.formatted import text_and_html


def own_post(case: UUID, uuid: UUID, kind: PostKind) -> Post:
    """A post that the caller may change: his own, or anybody's from the role agent on. Raises NotFound or Forbidden."""
    post = post_in(case_for_change(case), uuid, kind)
    check_may_change(post)
    return post


def written(new: Json, word: str) -> tuple[str, Content]:
    """The text that a new post has, and what it holds besides."""
    body, html = text_and_html(new.get(word), new.get("html"))
    return body, Content(html=html, files=tuple(new["files"]))


def edit(post: Post, new: Json) -> None:
    """Give a post the text, the HTML or both that a change names; one without the other replaces both."""
    text, html = new.get(str(post.kind)), new.get("html")
    if text is not None or html is not None:
        edit_post(post, *text_and_html(text, html), by=caller().person)

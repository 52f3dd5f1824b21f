"""What the routes of messages and those of notes have in common."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Json
from app.cases.content import Content
from app.cases.editing import edit_post
from app.cases.models import Post, PostKind
from app.cases.posts import post_in
from app.cases.queries import case_for_change
from app.errors import Forbidden
from app.mail.formatted import text_and_html
from app.people.access import Act


def own_post(case: UUID, uuid: UUID, kind: PostKind) -> Post:
    """A post that the caller may change: his own, or anybody's from the role agent on. Raises NotFound or Forbidden."""
    post, key = post_in(case_for_change(case), uuid, kind), caller()
    own = key.person is not None and key.person.id == post.author_id
    if not own and not key.allows(Act.CHANGE_POSTS_OF_OTHERS):
        told = f"Only its author, or a key with the role agent or above, may change this {kind}"
        raise Forbidden(f"{told}; if the key has scopes, {Act.CHANGE_POSTS_OF_OTHERS} must be one.")
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

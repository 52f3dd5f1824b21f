"""Who may change what was written: whoever wrote it, and from the role agent on everybody."""

from app.api.auth import caller
from app.cases.models import Post
from app.errors import Forbidden
from app.people.access import Act


def check_may_change(post: Post) -> None:
    """Raises Forbidden for a caller who may not change this message or note."""
    key = caller()
    own = key.person is not None and key.person.id == post.author_id
    if not own and not key.allows(Act.CHANGE_POSTS_OF_OTHERS):
        told = f"Only its author, or a key with the role agent or above, may change this {post.kind}"
        raise Forbidden(f"{told}; if the key has scopes, {Act.CHANGE_POSTS_OF_OTHERS} must be one.")

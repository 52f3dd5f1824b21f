"""What a reply answers on Kayako's wire: the post, and the case that it is on."""

from collections.abc import Collection, Sequence

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_thing, reference, things
from app.cases.models import Post


class ReplyShape(Shape):
    """A reply."""

    posts = things()
    case = a_thing()


def _replies(rows: Sequence[Post], _optional: Collection[str]) -> list[Json]:
    return [{"posts": [Ref("post", one.id, row=one)], "case": reference("case", one.case_id)} for one in rows]


REPLY = Resource("case_reply", ReplyShape, _replies)

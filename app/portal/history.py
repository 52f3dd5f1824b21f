"""What was written on a case, as its page shows it: the latest that its reader may see, or what came before.

Long histories come page by page, read over an index; the page of ``?before=`` ends with what stands before that post.
"""

from dataclasses import dataclass

from flask import request

from app.cases.models import Case, Post
from app.cases.reading import LATER_THAN_ALL, posts_for
from app.people.models import Person

SHOWN = 20


@dataclass(frozen=True)
class Stretch:
    """Some of what was written, oldest first, whether there is ``more`` before it, and ``before`` which post it stands.

    The latest of all stands before none.
    """

    posts: list[Post]
    more: bool
    before: int | None


def stretch(case: Case, reader: Person) -> Stretch:
    """What the page that was asked for shows."""
    before = request.args.get("before", type=int)
    found = posts_for(reader, case, latest=SHOWN + 1, before=_possible(before))
    return Stretch(found[-SHOWN:], more=len(found) > SHOWN, before=before)


def _possible(id: int | None) -> int:
    """The id, or one that comes after all."""
    return id if id is not None and 0 < id < LATER_THAN_ALL else LATER_THAN_ALL

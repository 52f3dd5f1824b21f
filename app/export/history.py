"""Cases with their whole history as JSON, in the shape that an import takes.

The posts of many cases are read in one go and handed on one by one, so that an endless case is never held as a whole.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select

from app.cases.attachments import Attachment
from app.cases.models import Case, Post
from app.cases.queries import in_any
from app.export.facts import Json, Ratings, moment, told_facts, told_person, told_ratings
from app.extensions import db

AT_ONCE = 100

Posts = Iterator[Json]


def told_case(case: Case) -> Json:
    """A case with everything that was written in it and is known of it. It holds addresses and notes.

    What was deleted is not told, nor what waits to be sent.
    """
    facts, posts = next(told_cases([case]))
    return {**facts, "messages": list(posts)}


def told_cases(cases: Sequence[Case]) -> Iterator[tuple[Json, Posts]]:
    """Cases in the order of their ids, each without and with what was written in it.

    The posts of one must be read before the next is asked for.
    """
    ratings = told_ratings(cases)
    facts = told_facts(cases, ratings)
    written = groupby(_posts(cases), key=attrgetter("case_id"))
    group = next(written, None)
    for case_id in sorted(facts):
        if group and group[0] == case_id:
            yield facts[case_id], (_post(one, ratings) for one in group[1])
            group = next(written, None)
        else:
            yield facts[case_id], iter(())


def _posts(cases: Sequence[Case]) -> Iterator[Post]:
    query = select(Post).where(*in_any(cases)).order_by(Post.case_id, Post.id)
    return db.session.scalars(query.execution_options(yield_per=AT_ONCE))


def _post(post: Post, ratings: Ratings) -> Json:
    """A message or a note."""
    author = told_person(post.author)
    return {
        "uuid": str(post.uuid),
        "kind": post.kind,
        "external_id": post.external_id,
        "from": author["email"],
        "name": author["name"],
        "team": author["team"],
        "message": post.body,
        "html": post.html,
        "visible": post.visible,
        "channel": post.channel,
        "robot": post.robot,
        "verified": post.verified,
        "attachments": [told_file(one) for one in post.attachments],
        "ratings": list(ratings.get((post.case_id, post.id), ())),
        **{name: moment(getattr(post, name)) for name in ("created_at", "edited_at", "pinned_at")},
    }


def told_file(attachment: Attachment) -> Json:
    """What is known of a file; its content, by its hash."""
    return {
        "uuid": str(attachment.uuid),
        "name": attachment.name,
        "content_type": attachment.content_type,
        "content_id": attachment.content_id,
        "inline": attachment.inline,
        "size": attachment.file.size,
        "sha256": attachment.file.sha256,
    }

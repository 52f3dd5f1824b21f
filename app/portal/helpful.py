"""Whether an answer helped: a customer says so of a single message, by one of two buttons under it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.cases.models import Case, Post, PostKind
from app.cases.posts import post_in
from app.cases.queries import locked
from app.cases.ratings import Score, may_rate_messages, rate_message, rateable
from app.cases.ratings_shown import own_comment, own_scores
from app.errors import Gone
from app.people.models import Person
from app.portal.arriving import link_to
from app.portal.renewal import ended
from app.transaction import retried, transaction
from app.translating import lazily

ANSWERS = {Score.HIGH: lazily("Yes"), Score.LOW: lazily("No")}

bp = Blueprint("helpful", __name__)
bp.register_error_handler(Gone, ended)


class Helpful(FlaskForm):  # type: ignore[misc]
    """Yes or no. What else there is to say is said in an answer."""

    score = RadioField(choices=[SelectChoice(str(score), words) for score, words in ANSWERS.items()])


def helpful(case: Case, posts: Sequence[Post], reader: Person) -> Mapping[int, str | None]:
    """Which of these messages the reader may rate, by their ids, and how he has."""
    if not may_rate_messages(case, reader):
        return {}
    given = own_scores(posts, reader)
    return {one.id: given.get(one.id) for one in posts if rateable(one) and not one.robot}


@bp.post("/cases/<uuid:uuid>/messages/<uuid:message>/helpful")
@retried
def rate(uuid: UUID, message: UUID) -> Response:
    """Say whether it helped, or say so anew. A comment given otherwise stays."""
    link, form, before = link_to(uuid), Helpful(), request.args.get("before", type=int)
    if not form.validate_on_submit():
        return redirect(url_for("case.show", uuid=uuid, before=before, said="unsent"), 303)
    with transaction():
        link = link_to(uuid)
        post = post_in(locked(link.case), message, PostKind.MESSAGE)
        rate_message(post, Score(form.score.data), by=link.person, comment=own_comment(post, link.person))
        there = f"helpful-{post.uuid}"
    return redirect(url_for("case.show", uuid=uuid, before=before, _anchor=there), 303)

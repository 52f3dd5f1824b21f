"""The rating page: a link in a mail brings the choice along, and one button gives it. Looking at it rates nothing."""

from uuid import UUID

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from app.cases.links import Link, Purpose, link_by_secret
from app.cases.queries import locked
from app.cases.ratings import Score, check_may_rate, rate_case, rating_by
from app.errors import Gone, NotFound
from app.mail.sending.masking.mask import mask
from app.portal.arriving import link_to
from app.portal.exchange import admitted
from app.portal.forms import Rate
from app.portal.pages import page
from app.portal.rating_words import SCORES
from app.portal.renewal import ended
from app.transaction import retried, transaction

bp = Blueprint("rate", __name__)
bp.register_error_handler(Gone, ended)


@bp.get("/r/<secret>/<score>")
def arrive(secret: str, score: str) -> AnyResponse:
    """Take the secret out of the address."""
    link, there = link_by_secret(secret, Purpose.RATE), _score(score)
    return admitted(link.purpose, link.id, f"/cases/{link.case.uuid}/rating", f"/{there}")


def _score(word: str) -> Score:
    if word not in list(Score):
        raise NotFound("There is nothing at this address.")
    return Score(word)


def _link(uuid: UUID) -> Link:
    """The link in a mail that asked for it, or else that of the case page."""
    try:
        return link_to(uuid, Purpose.RATE)
    except NotFound:
        return link_to(uuid)


@bp.get("/cases/<uuid:uuid>/rating/<score>")
def show(uuid: UUID, score: str) -> Response:
    """The choice made, a field for a comment, and one button."""
    link, chosen = _link(uuid), _score(score)
    before = rating_by(link.case, link.person)
    return _page(link, Rate(formdata=None, score=chosen, comment=before.comment if before else ""))


@bp.post("/cases/<uuid:uuid>/rating/<score>")
@retried
def rate(uuid: UUID, score: str) -> AnyResponse:
    """Rate the case, or rate it anew."""
    chosen, form = _score(score), Rate()
    if not form.validate_on_submit():
        return _page(_link(uuid), form, 422)
    with transaction():
        link = _link(uuid)
        rate_case(locked(link.case), Score(form.score.data), by=link.person, comment=form.comment.data or "")
    return redirect(f"/cases/{uuid}/rating/{chosen}/thanks", 303)


def _page(link: Link, form: Rate, status: int = 200) -> Response:
    case, reader = link.case, link.person
    check_may_rate(case, reader)
    subject = mask(case.subject, reader=reader, case=case)
    before = rating_by(case, reader)
    return page("rate.html", status, reader=reader, case=case, subject=subject, form=form, before=before, scores=SCORES)


@bp.get("/cases/<uuid:uuid>/rating/<score>/thanks")
def thanks(uuid: UUID, score: str) -> Response:
    """What was said, and that it can be changed."""
    link, chosen = _link(uuid), _score(score)
    given = rating_by(link.case, link.person)
    return page("rated.html", reader=link.person, case=link.case, given=given, chosen=chosen, scores=SCORES)

"""The case page, for whoever holds its link: read, and reply.

It shows aliases, never addresses, and notes only to the team.
"""

from uuid import UUID

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from app.cases.links import Link, Purpose, link_by_secret
from app.cases.models import State
from app.cases.posting import post_message, takes_messages
from app.cases.queries import locked, written_before
from app.cases.reading import posts_for
from app.errors import Conflict, NotFound
from app.mail.conversation import conversation
from app.mail.sending.masking.mask import mask
from app.portal.exchange import UNOPENED, exchange, opened
from app.portal.forms import Reply
from app.portal.pages import page
from app.text import storable
from app.transaction import retried, transaction

SHOWN = 200

bp = Blueprint("case", __name__)


@bp.get("/c/<secret>")
def arrive(secret: str) -> AnyResponse:
    """Take the secret out of the address."""
    link = link_by_secret(secret, Purpose.CASE)
    return exchange(link, f"/cases/{link.case.uuid}")


def _link(uuid: UUID) -> Link:
    link = opened(Purpose.CASE)
    if link.case.uuid != uuid:
        raise NotFound(UNOPENED)
    return link


@bp.get("/cases/<uuid:uuid>")
def show(uuid: UUID) -> Response:
    """The case as this reader may see it."""
    return _page(_link(uuid), Reply())


@bp.post("/cases/<uuid:uuid>")
@retried
def reply(uuid: UUID) -> AnyResponse:
    """Write a message; it goes to everybody else in the case."""
    form = Reply()
    if not form.validate_on_submit():
        return _page(_link(uuid), form, 422)
    try:
        with transaction():
            _write(_link(uuid), form)
    except Conflict as error:
        return _page(_link(uuid), form, 409, refused=error.message)
    return redirect(f"/cases/{uuid}#latest", 303)


def _write(link: Link, form: Reply) -> None:
    case, once = locked(link.case), storable(f"portal:{form.once.data}")
    if not written_before(once):
        post = post_message(case, form.message.data or "", by=link.person, channel="portal")
        post.external_id = once


def _page(link: Link, form: Reply, status: int = 200, *, refused: str | None = None) -> Response:
    case = link.case
    posts = posts_for(link.person, case, latest=SHOWN)
    return page(
        "case.html",
        status,
        case=case,
        reader=link.person,
        subject=mask(case.subject, reader=link.person, case=case),
        messages=conversation(case, posts, reader=link.person),
        form=form,
        refused=refused,
        more=len(posts) == SHOWN,
        open=takes_messages(case),
        pending=case.state is State.PENDING,
    )

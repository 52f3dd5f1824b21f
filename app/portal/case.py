"""The case page, for whoever holds its link: read, and reply.

It shows aliases, never addresses, and notes only to the team. Long histories come page by page.
"""

from uuid import UUID

from flask import Blueprint, Response, after_this_request, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.cases.content import Content
from app.cases.links import Link, Purpose, link_by_secret
from app.cases.models import State
from app.cases.posting import post_message, takes_messages
from app.cases.queries import locked, written_before
from app.errors import Conflict, Gone
from app.mail.conversation import conversation
from app.mail.sending.masking.mask import mask
from app.portal.acts import possible_acts
from app.portal.arriving import link_to
from app.portal.enclosing import close_copies, too_much
from app.portal.exchange import exchange
from app.portal.forms import Reply
from app.portal.helpful import helpful
from app.portal.history import stretch
from app.portal.live import live_case
from app.portal.notices import NOTICES
from app.portal.once import name_of
from app.portal.pages import page, said_in
from app.portal.renewal import ended
from app.transaction import retried, transaction

bp = Blueprint("case", __name__)
bp.register_error_handler(Gone, ended)


@bp.get("/c/<secret>")
def arrive(secret: str) -> AnyResponse:
    """Take the secret out of the address."""
    link = link_by_secret(secret, Purpose.CASE)
    return exchange(link, f"/cases/{link.case.uuid}")


@bp.get("/cases/<uuid:uuid>")
def show(uuid: UUID) -> Response:
    """The case as this reader may see it: its end, or what was written before."""
    return case_page(link_to(uuid), Reply(formdata=None))


@bp.post("/cases/<uuid:uuid>")
@retried
def reply(uuid: UUID) -> AnyResponse:
    """Write a message, with files or without; it goes to everybody else in the case."""
    link = link_to(uuid)
    if too_much():
        return case_page(link, Reply(formdata=None), 413, refused="The files are too large.")
    after_this_request(close_copies)
    form = Reply()
    if not form.validate_on_submit():
        return case_page(link, form, 422)
    try:
        content = Content(files=form.kept_files())
        with transaction():
            _write(link_to(uuid), form, content)
    except Conflict as error:
        return case_page(link_to(uuid), form, 409, refused=error.message)
    return redirect(f"/cases/{uuid}#latest", 303)


def _write(link: Link, form: Reply, content: Content) -> None:
    case, text = locked(link.case), form.message.data or ""
    if not written_before(once := name_of(form.once.data, text)):
        post = post_message(case, text, by=link.person, channel="portal", content=content)
        post.external_id = once


def case_page(link: Link, form: Reply, status: int = 200, *, refused: str | None = None) -> Response:
    """The page, with a form to write, and what was wrong with it."""
    case, reader = link.case, link.person
    live, shown = live_case(f"/cases/{case.uuid}", case, reader), stretch(case, reader)
    return page(
        "case.html",
        status,
        case=case,
        reader=reader,
        subject=mask(case.subject, reader=reader, case=case),
        messages=conversation(case, shown.posts, reader=reader),
        form=form,
        refused=said_in(reader, refused),
        said=NOTICES.get(request.args.get("said", "")),
        more=shown.more,
        before=shown.before,
        later=shown.before is not None,
        live=live if shown.before is None else None,
        open=takes_messages(case),
        pending=case.state is State.PENDING,
        helpful=helpful(case, shown.posts, reader),
        **possible_acts(case, reader),
    )

"""What a member writes on a case, and what he does with it for himself: a route and a verb for each act."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, after_this_request, request
from werkzeug.wrappers import Response as AnyResponse

from app.cases.assignment import assign_case
from app.cases.canned_answers import canned_answer
from app.cases.content import Content
from app.cases.invitations import decline_invitation
from app.cases.models import Case, Post
from app.cases.notes import write_note
from app.cases.posting import post_message
from app.cases.queries import written_before
from app.cases.read_markers import mark_read
from app.listing.cursors import LARGEST_ID
from app.people.access import Act
from app.people.models import Person
from app.portal.enclosing import close_copies, too_much
from app.portal.forms import Enclosing
from app.portal.once import name_of
from app.portal.team.acting import TOO_OLD, done, unfit
from app.portal.team.case_forms import Decline, Note, Write
from app.portal.team.case_page import case_page
from app.portal.team.pages import Button, named_uuid
from app.portal.team.session import guard, member
from app.text import storable
from app.transaction import retried
from app.translating import lazily

CHANNEL = "portal"

bp = Blueprint("team_case_acts", __name__, url_prefix="/team/cases/<uuid:uuid>")
guard(bp, Act.WRITE_CASES)


@bp.post("/reply")
@retried
def reply(uuid: UUID) -> AnyResponse:
    """Write a message; everybody in the case gets it by mail."""
    return _written(uuid, Write, "message", post_message)


@bp.post("/insert")
def insert(uuid: UUID) -> AnyResponse:
    """Put a canned answer behind what is written already. Nothing is sent."""
    form = Write()
    if not Button().validate_on_submit():  # which a message that is still empty cannot fail
        return case_page(uuid, 422, form=form, refused=TOO_OLD)
    if (chosen := named_uuid(form.answer.data)) is not None:
        text = canned_answer(chosen, for_=member()).text
        form.message.data = "\n\n".join(filter(None, [(form.message.data or "").strip(), text]))
    return case_page(uuid, form=form)


@bp.post("/note")
@retried
def note(uuid: UUID) -> AnyResponse:
    """Write a note, for the team alone."""
    return _written(uuid, Note, "note", write_note)


def _written(uuid: UUID, kind: type[Enclosing], field: str, verb: Callable[..., Post]) -> AnyResponse:
    """Write it with its files, once; the files are stored before anybody waits for the case."""
    if too_much():
        return case_page(uuid, 413, form=kind(formdata=None), refused=lazily("The files are too large."))
    after_this_request(close_copies)
    form = kind()
    if not form.validate_on_submit():
        return unfit(uuid, form)
    content, text = Content(files=form.kept_files()), storable(form[field].data or "")

    def write(case: Case, me: Person) -> None:
        if not written_before(once := name_of(form.once.data, text)):
            verb(case, text, by=me, channel=CHANNEL, content=content).external_id = once

    return done(uuid, form, write, at="#latest")


@bp.post("/read")
def read(uuid: UUID) -> AnyResponse:
    """Note how far it was read."""
    post = max(0, min(request.form.get("post", 0, type=int), LARGEST_ID))
    return done(uuid, Button(), lambda case, me: mark_read(case, post, by=me))


@bp.post("/take")
def take(uuid: UUID) -> AnyResponse:
    """Answer for it from now on."""
    return done(uuid, Button(), lambda case, me: assign_case(case, me, by=me))


@bp.post("/decline")
def decline(uuid: UUID) -> AnyResponse:
    """Leave it to the others, who are asked instead."""
    form = Decline()
    return done(uuid, form, lambda case, me: decline_invitation(case, me, storable(form.why.data or "")))

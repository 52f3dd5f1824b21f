"""What a member writes on a case, and what he does with it for himself: a route and a verb for each act."""

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from app.cases.assignment import assign_case
from app.cases.canned_answers import canned_answer
from app.cases.invitations import decline_invitation
from app.cases.models import Case
from app.cases.muting import mute_participant, unmute_participant
from app.cases.notes import write_note
from app.cases.posting import post_message
from app.cases.queries import written_before
from app.cases.read_markers import mark_read
from app.listing.cursors import LARGEST_ID
from app.people.access import Act
from app.people.models import Person
from app.portal.team.acting import done, named_uuid
from app.portal.team.case_forms import Decline, Note, Write
from app.portal.team.case_page import case_page
from app.portal.team.pages import Button
from app.portal.team.session import guard, member
from app.text import storable
from app.transaction import retried

CHANNEL = "portal"

bp = Blueprint("team_case_acts", __name__, url_prefix="/team/cases/<uuid:uuid>")
guard(bp, Act.WRITE_CASES)


@bp.post("/reply")
@retried
def reply(uuid: UUID) -> AnyResponse:
    """Write a message; everybody in the case gets it by mail."""
    form = Write()

    def write(case: Case, me: Person) -> None:
        if not written_before(once := storable(f"portal:{form.once.data}")):
            post_message(case, storable(form.message.data or ""), by=me, channel=CHANNEL).external_id = once

    return done(uuid, form, write, at="#latest")


@bp.post("/insert")
def insert(uuid: UUID) -> AnyResponse:
    """Put a canned answer behind what is written already. Nothing is sent."""
    form = Write()
    if (chosen := named_uuid(form.answer.data)) is not None:
        text = canned_answer(chosen, for_=member()).text
        form.message.data = "\n\n".join(filter(None, [(form.message.data or "").strip(), text]))
    return case_page(uuid, form=form)


@bp.post("/note")
@retried
def note(uuid: UUID) -> AnyResponse:
    """Write a note, for the team alone."""
    form = Note()

    def write(case: Case, me: Person) -> None:
        if not written_before(once := storable(f"portal:{form.once.data}")):
            write_note(case, storable(form.note.data or ""), by=me, channel=CHANNEL).external_id = once

    return done(uuid, form, write, at="#latest")


@bp.post("/read")
def read(uuid: UUID) -> AnyResponse:
    """Note how far it was read."""
    post = min(request.form.get("post", 0, type=int), LARGEST_ID)
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


@bp.post("/mute")
def mute(uuid: UUID) -> AnyResponse:
    """Mail me nothing of this case from now on."""
    return done(uuid, Button(), lambda case, me: mute_participant(case, me, by=me), at="#people")


@bp.post("/unmute")
def unmute(uuid: UUID) -> AnyResponse:
    """Mail me again what is written."""
    return done(uuid, Button(), lambda case, me: unmute_participant(case, me, by=me), at="#people")

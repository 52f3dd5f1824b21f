"""What the team does to a case on its page: a route and a verb for each act."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, redirect, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from app.cases.assignment import assign_case, assign_to
from app.cases.canned_answers import canned_answer
from app.cases.changing import FOUND_BY, change_case
from app.cases.custom_fields import FieldLevel
from app.cases.field_definitions import fields_at
from app.cases.field_values import fields_of, fill_case_fields
from app.cases.invitations import decline_invitation
from app.cases.labels import replace_labels
from app.cases.merging import merge_cases
from app.cases.models import Case, Priority
from app.cases.muting import mute_participant, unmute_participant
from app.cases.notes import write_note
from app.cases.posting import post_message
from app.cases.queries import case_by_reference, case_by_uuid, case_for_change, locked_together, written_before
from app.cases.read_markers import mark_read
from app.errors import Conflict, Forbidden, Invalid
from app.listing.cursors import LARGEST_ID
from app.mail.deciding.reconsidering import admit, reject
from app.mail.inbound import mail_on
from app.mail.sending.deliveries import delivery_of, retry
from app.people.access import Act
from app.people.models import Person
from app.portal.team.case_forms import Assign, Decline, Labels, Merge, Note, Press, Stand, Write
from app.portal.team.case_page import case_page
from app.portal.team.field_forms import Fields, fields_form
from app.portal.team.pages import Button
from app.portal.team.session import guard, member
from app.text import storable
from app.transaction import retried, transaction
from app.translating import lazily

CHANNEL = "portal"

bp = Blueprint("team_case_acts", __name__, url_prefix="/team/cases/<uuid:uuid>")
guard(bp, Act.WRITE_CASES)


def _done(
    uuid: UUID, form: FlaskForm, do: Callable[[Case, Person], object], *, act: Act | None = None, at: str = ""
) -> AnyResponse:
    """Do it and show the case again; what is wrong comes back into the form, with what was typed."""
    if not form.validate_on_submit():
        return case_page(uuid, 422, form=form)
    try:
        with transaction():
            me = member(act)
            do(case_for_change(uuid), me)
    except (Conflict, Forbidden, Invalid) as error:
        if isinstance(form, Fields) and isinstance(error, Invalid):
            form.blame(error)
        return case_page(uuid, error.status, form=form, refused=error.message)
    return redirect(f"/team/cases/{uuid}{at}", 303)


@bp.post("/reply")
@retried
def reply(uuid: UUID) -> AnyResponse:
    """Write a message; everybody in the case gets it by mail."""
    form = Write()

    def write(case: Case, me: Person) -> None:
        if not written_before(once := storable(f"portal:{form.once.data}")):
            post_message(case, storable(form.message.data or ""), by=me, channel=CHANNEL).external_id = once

    return _done(uuid, form, write, at="#latest")


@bp.post("/insert")
def insert(uuid: UUID) -> AnyResponse:
    """Put a canned answer behind what is written already. Nothing is sent."""
    form = Write()
    if (chosen := _uuid(form.answer.data)) is not None:
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

    return _done(uuid, form, write, at="#latest")


@bp.post("/read")
def read(uuid: UUID) -> AnyResponse:
    """Note how far it was read."""
    post = min(request.form.get("post", 0, type=int), LARGEST_ID)
    return _done(uuid, Button(), lambda case, me: mark_read(case, post, by=me))


@bp.post("/take")
def take(uuid: UUID) -> AnyResponse:
    """Answer for it from now on."""
    return _done(uuid, Button(), lambda case, me: assign_case(case, me, by=me))


@bp.post("/decline")
def decline(uuid: UUID) -> AnyResponse:
    """Leave it to the others, who are asked instead."""
    form = Decline()
    return _done(uuid, form, lambda case, me: decline_invitation(case, me, storable(form.why.data or "")))


@bp.post("/mute")
def mute(uuid: UUID) -> AnyResponse:
    """Mail me nothing of this case from now on."""
    return _done(uuid, Button(), lambda case, me: mute_participant(case, me, by=me), at="#people")


@bp.post("/unmute")
def unmute(uuid: UUID) -> AnyResponse:
    """Mail me again what is written."""
    return _done(uuid, Button(), lambda case, me: unmute_participant(case, me, by=me), at="#people")


@bp.post("/assign")
def assign(uuid: UUID) -> AnyResponse:
    """Say who answers for it: somebody, a team, or nobody."""
    form = Assign()

    def give(case: Case, me: Person) -> None:
        kind, _, which = (form.whom.data or "").partition(":")
        found = _uuid(which)
        named = {kind: FOUND_BY[kind](found)} if found and kind in {"person", "team"} else {}
        assign_to(case, {"person": None, "team": None} | named, by=me)

    return _done(uuid, form, give, at="#facts")


@bp.post("/labels")
@retried
def label(uuid: UUID) -> AnyResponse:
    """Leave exactly these labels on it."""
    form = Labels()
    return _done(uuid, form, lambda case, me: replace_labels(case, map(storable, form.names), by=me), at="#facts")


@bp.post("/priority")
def press(uuid: UUID) -> AnyResponse:
    """Say how much it presses."""
    form = Press()
    change = {"priority": Priority(form.priority.data)} if form.validate_on_submit() else {}
    return _done(uuid, form, lambda case, me: change_case(case, change, by=me), at="#facts")


@bp.post("/status")
def stand(uuid: UUID) -> AnyResponse:
    """Say where it stands."""
    form = Stand()
    return _done(uuid, form, lambda case, me: change_case(case, form.change, by=me), at="#facts")


@bp.post("/fields")
@retried
def fill(uuid: UUID) -> AnyResponse:
    """Say something else in fields of the operator's own."""
    form = fields_form(fields_at(FieldLevel.CASE))

    def say(case: Case, me: Person) -> None:
        fill_case_fields(case, form.changes(fields_of(FieldLevel.CASE, case.id)), by=me)

    return _done(uuid, form, say, at="#fields")


@bp.post("/merge")
def merge(uuid: UUID) -> AnyResponse:
    """Merge it into the case with this number, which is shown then."""
    form = Merge()
    if not form.validate_on_submit():
        return case_page(uuid, 422, form=form)
    try:
        with transaction():
            me, case = member(Act.MERGE_CASES), case_by_uuid(uuid)
            into = case_by_reference(storable(form.into.data or "").strip().strip("[]#"))
            if into is None:
                raise Invalid(lazily("There is no case with this number."), field="into")
            locked_together(case, into)
            merge_cases(case, into, by=me)
            where = into.uuid
    except (Conflict, Invalid) as error:
        return case_page(uuid, error.status, form=form, refused=error.message)
    return redirect(f"/team/cases/{where}", 303)


@bp.post("/deliveries/<uuid:delivery>/retry")
def again(uuid: UUID, delivery: UUID) -> AnyResponse:
    """Send a mail that failed once more."""
    return _done(uuid, Button(), lambda case, me: retry(delivery_of(case, delivery), by=me), at="#people")


@bp.post("/mails/<uuid:mail>/admit")
def let_in(uuid: UUID, mail: UUID) -> AnyResponse:
    """Take a held mail for what it claims to be."""
    admits = Act.ADMIT_MAIL
    return _done(uuid, Button(), lambda case, me: admit(mail_on(case, mail), by=me), act=admits, at="#mails")


@bp.post("/mails/<uuid:mail>/reject")
def turn_away(uuid: UUID, mail: UUID) -> AnyResponse:
    """Let nothing follow from a held mail."""
    admits = Act.ADMIT_MAIL
    return _done(uuid, Button(), lambda case, me: reject(mail_on(case, mail), by=me), act=admits, at="#mails")


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None

"""What the team says of a case, and merging it: a route and a verb for each."""

from uuid import UUID

from flask import Blueprint, redirect
from werkzeug.wrappers import Response as AnyResponse

from app.cases.assignment import assign_to
from app.cases.changing import FOUND_BY, change_case
from app.cases.custom_fields import FieldLevel
from app.cases.field_definitions import fields_at
from app.cases.field_values import fields_of, fill_case_fields
from app.cases.labels import replace_labels
from app.cases.merging import merge_cases
from app.cases.models import Case, Priority
from app.cases.queries import case_by_reference, case_by_uuid, locked_together
from app.errors import Invalid
from app.people.access import Act
from app.people.models import Person
from app.portal.team.acting import REFUSALS, done, refused, unfit
from app.portal.team.case_forms import Assign, Labels, Merge, Press, Stand
from app.portal.team.field_forms import fields_form
from app.portal.team.pages import named_uuid
from app.portal.team.session import guard, member
from app.text import storable
from app.transaction import retried, transaction
from app.translating import lazily

bp = Blueprint("team_case_facts", __name__, url_prefix="/team/cases/<uuid:uuid>")
guard(bp, Act.WRITE_CASES)


@bp.post("/assign")
def assign(uuid: UUID) -> AnyResponse:
    """Say who answers for it: somebody, beside the team that does, or a team, or nobody."""
    form = Assign()

    def give(case: Case, me: Person) -> None:
        kind, _, which = (form.whom.data or "").partition(":")
        found = named_uuid(which)
        named = {kind: FOUND_BY[kind](found)} if found and kind in {"person", "team"} else {"team": None}
        assign_to(case, {"person": None} | named, by=me)

    return done(uuid, form, give, at="#facts")


@bp.post("/labels")
@retried
def label(uuid: UUID) -> AnyResponse:
    """Leave exactly these labels on it."""
    form = Labels()
    return done(uuid, form, lambda case, me: replace_labels(case, map(storable, form.names), by=me), at="#facts")


@bp.post("/priority")
def press(uuid: UUID) -> AnyResponse:
    """Say how much it presses."""
    form = Press()
    change = {"priority": Priority(form.priority.data)} if form.validate_on_submit() else {}
    return done(uuid, form, lambda case, me: change_case(case, change, by=me), at="#facts")


@bp.post("/status")
def stand(uuid: UUID) -> AnyResponse:
    """Say where it stands."""
    form = Stand()
    return done(uuid, form, lambda case, me: change_case(case, form.change, by=me), at="#facts")


@bp.post("/fields")
@retried
def fill(uuid: UUID) -> AnyResponse:
    """Say something else in fields of the operator's own."""
    form = fields_form(fields_at(FieldLevel.CASE))

    def say(case: Case, me: Person) -> None:
        fill_case_fields(case, form.changes(fields_of(FieldLevel.CASE, case.id)), by=me)

    return done(uuid, form, say, at="#fields")


@bp.post("/merge")
def merge(uuid: UUID) -> AnyResponse:
    """Merge it into the case with this number, which is shown then."""
    form = Merge()
    if not form.validate_on_submit():
        return unfit(uuid, form)
    try:
        with transaction():
            me, case = member(Act.MERGE_CASES), case_by_uuid(uuid)
            into = case_by_reference(storable(form.into.data or "").strip().strip("[]#"))
            if into is None:
                raise Invalid(lazily("There is no case with this number."), field="into")
            locked_together(case, into)
            merge_cases(case, into, by=me, share=form.share.data)
            where = into.uuid
    except REFUSALS as error:
        return refused(uuid, form, error)
    return redirect(f"/team/cases/{where}", 303)

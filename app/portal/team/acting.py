"""How an act of the team on a case is done: one verb in one transaction; what is wrong comes back into its form."""

from collections.abc import Callable
from uuid import UUID

from flask import redirect
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from app.cases.models import Case
from app.cases.queries import case_for_change
from app.errors import CaseyError, Conflict, Forbidden, Invalid
from app.people.access import Act
from app.people.models import Person
from app.portal.team.case_page import case_page
from app.portal.team.field_forms import Fields
from app.portal.team.session import member
from app.transaction import transaction
from app.translating import lazily

REFUSALS = (Conflict, Forbidden, Invalid)
TOO_OLD = lazily("This page had been open for too long, or cookies are off. Please press the button once more.")

Do = Callable[[Case, Person], object]


def done(uuid: UUID, form: FlaskForm, do: Do, *, act: Act | None = None, at: str = "") -> AnyResponse:
    """Do it and show the case again; what is wrong comes back into the form, with what was typed."""
    if not form.validate_on_submit():
        return unfit(uuid, form)
    try:
        with transaction():
            me = member(act)
            do(case_for_change(uuid), me)
    except REFUSALS as error:
        return refused(uuid, form, error)
    return redirect(f"/team/cases/{uuid}{at}", 303)


def unfit(uuid: UUID, form: FlaskForm) -> AnyResponse:
    """The page again, for a form that is not filled in as it should be."""
    return case_page(uuid, 422, form=form, refused=TOO_OLD if form.csrf_token.errors else None)


def refused(uuid: UUID, form: FlaskForm, error: CaseyError) -> AnyResponse:
    """The page again, with why it was not done."""
    if isinstance(form, Fields):
        form.blame(error)
    return case_page(uuid, error.status, form=form, refused=error.message)

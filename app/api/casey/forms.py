"""Forms: which fields of the operator's own belong to which kind of case."""

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.forms import FormChange, NewForm
from app.api.casey.views.forms import FormAnswer, form_view
from app.api.casey.views.shapes import page, page_of
from app.cases.forms import change_form, create_form, delete_form, form_by_title, forms
from app.people.access import Act


@route("/forms", "GET", Act.READ_CASES, answers=page_of(FormAnswer))
def index() -> Answer:
    """All of them, by their order."""
    return page([form_view(one) for one in forms()], None)


@route("/forms", "POST", Act.CHANGE_FIELDS, takes=NewForm, answers=FormAnswer, status=201)
def create(new: Json) -> Answer:
    """Make a form. One that was deleted comes back, to the cases that have it too."""
    return form_view(create_form(new, by=caller().person))


@route("/forms/<path:title>", "GET", Act.READ_CASES, answers=FormAnswer)
def show(title: str) -> Answer:
    """One form."""
    return form_view(form_by_title(title))


@route("/forms/<path:title>", "PATCH", Act.CHANGE_FIELDS, takes=FormChange, answers=FormAnswer)
def change(title: str, new: Json) -> Answer:
    """Change what is said of a form, and which fields it has."""
    form = form_by_title(title)
    change_form(form, new, by=caller().person)
    return form_view(form)


@route("/forms/<path:title>", "DELETE", Act.CHANGE_FIELDS, answers=FormAnswer)
def delete(title: str) -> Answer:
    """Delete a form. Cases that have it have none from now on; what was said in its fields stays."""
    form = form_by_title(title)
    delete_form(form, by=caller().person)
    return form_view(form)

"""Forms of cases, and the brand."""

from app.api.auth import caller
from app.api.kayako.envelope import Done, One
from app.api.kayako.finding import found_at, one_at
from app.api.kayako.listing import few
from app.api.kayako.paging import Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.forms import FormChange, NewForm
from app.api.kayako.views.forms import BRAND, FORM
from app.cases.custom_fields import FieldLevel
from app.cases.field_definitions import fields_numbered
from app.cases.forms import CaseForm, change_form, create_form, default_form, delete_form, forms
from app.config import deployed
from app.errors import Invalid, NotFound
from app.people.access import Act

FORMS, ONE_FORM = "/cases/forms", "/cases/forms/<form>"
OURS = {"is_visible_to_customers": "visible_to_customers", "is_default": "default"}


@route(FORMS, "GET", Act.READ_CASES, asks=Paged, shows=FORM, many=True)
def index(asked: Json) -> Answer:
    """Every form."""
    return few(FORM, forms(), asked)


@route(f"{FORMS}/default", "GET", Act.READ_CASES, shows=FORM)
def default() -> Answer:
    """The form of cases of which nothing else is said."""
    found = default_form()
    if found is None:
        raise NotFound("There is no default form.")
    return One(FORM, found)


@route(ONE_FORM, "GET", Act.READ_CASES, shows=FORM)
def show(form: str) -> Answer:
    """One form."""
    return one_at(FORM, form)


@route(FORMS, "POST", Act.CHANGE_FIELDS, takes=NewForm, shows=FORM, status=201, scope="configuration")
def create(new: Json) -> Answer:
    """Make a form."""
    return One(FORM, create_form(_facts(new), by=caller().person))


@route(ONE_FORM, "PUT", Act.CHANGE_FIELDS, takes=FormChange, shows=FORM, scope="configuration")
def change(form: str, new: Json) -> Answer:
    """Change what is said of a form, and which fields it has."""
    found: CaseForm = found_at(FORM, form)
    change_form(found, _facts(new), by=caller().person)
    return One(FORM, found)


@route(ONE_FORM, "DELETE", Act.CHANGE_FIELDS, scope="configuration")
def delete(form: str) -> Answer:
    """Delete a form. Cases that have it have none from now on."""
    delete_form(found_at(FORM, form), by=caller().person)
    return Done()


@route("/brands", "GET", Act.READ_CASES, asks=Paged, shows=BRAND, many=True)
def brands(asked: Json) -> Answer:
    """The one brand that there is."""
    return few(BRAND, [deployed().base_url], asked)


@route("/brands/<brand>", "GET", Act.READ_CASES, shows=BRAND)
def brand(brand: str) -> Answer:
    """One brand."""
    return one_at(BRAND, brand)


def _facts(new: Json) -> Json:
    """What is said of a form, in the words of the verbs. What every case has is in each form."""
    facts = {OURS.get(name, name): value for name, value in new.items() if name != "field_ids"}
    if "field_ids" in new:
        facts["fields"] = _keys(new["field_ids"])
    return facts


def _keys(ids: list[int]) -> list[str]:
    known = fields_numbered(FieldLevel.CASE, ids)
    for number in ids:
        if number not in known:
            raise Invalid(f"There is no field with the id {number}.", field="field_ids")
    return [known[number].key for number in ids]

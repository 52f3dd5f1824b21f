"""Saved filters, and the cases that each finds."""

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.filters import FilterChange, NewFilter
from app.api.casey.views.filters import FilterAnswer, filter_view
from app.api.casey.views.lists import CASE_LIST
from app.api.casey.views.shapes import page, page_of
from app.cases.filters import (
    BUILT_IN,
    BuiltIn,
    SavedFilter,
    change_filter,
    filter_by_key,
    filters_for,
    remove_filter,
    save_filter,
    saved_filter,
)
from app.errors import Forbidden
from app.people.access import NEEDED, Act


@route("/filters", "GET", Act.READ_CASES, answers=page_of(FilterAnswer))
def index() -> Answer:
    """All filters: those that come with Casey, one's own, and the shared ones."""
    found: list[BuiltIn | SavedFilter] = [*BUILT_IN.values(), *filters_for(caller().person)]
    return page([filter_view(one) for one in found], None)


@route("/filters", "POST", Act.SAVE_FILTERS, takes=NewFilter, answers=FilterAnswer, status=201, also=(409,))
def create(new: Json) -> Answer:
    """Save a filter for oneself, or, as an admin, for the whole team."""
    _check_sharing(new["shared"])
    return filter_view(save_filter(new["name"], new["query"], shared=new["shared"], by=caller().person))


def _check_sharing(shared: bool) -> None:
    if shared and not caller().allows(Act.SHARE_FILTERS):
        told = f"Shared filters need a key with the role {NEEDED[Act.SHARE_FILTERS]} or above"
        raise Forbidden(f"{told}; if it has scopes, {Act.SHARE_FILTERS} must be one.", field="shared")


@route("/filters/<key>", "GET", Act.READ_CASES, answers=FilterAnswer)
def show(key: str) -> Answer:
    """One filter."""
    return filter_view(filter_by_key(key, for_=caller().person))


@route("/filters/<key>", "PATCH", Act.SAVE_FILTERS, takes=FilterChange, answers=FilterAnswer)
def change(key: str, new: Json) -> Answer:
    """Change a filter of one's own, or, as an admin, a shared one."""
    found = _for_change(key)
    _check_sharing(new.get("shared", False))
    change_filter(found, **new, by=caller().person)
    return filter_view(found)


@route("/filters/<key>", "DELETE", Act.SAVE_FILTERS, answers=FilterAnswer)
def remove(key: str) -> Answer:
    """Remove a filter. Its last state is the answer."""
    found = _for_change(key)
    shown = filter_view(found)
    remove_filter(found, by=caller().person)
    return shown


def _for_change(key: str) -> SavedFilter:
    found = saved_filter(key, for_=caller().person)
    _check_sharing(found.shared)
    return found


@route("/filters/<key>/cases", "GET", Act.READ_CASES, asks=CASE_LIST.pages, answers=CASE_LIST.answers)
def list_cases(key: str, asked: Json) -> Answer:
    """The cases that a filter finds."""
    return CASE_LIST.answer(asked, filter_by_key(key, for_=caller().person).query)

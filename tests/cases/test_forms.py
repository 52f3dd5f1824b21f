"""Forms, and the words that are said of the kind of a case."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.cases.changing import change_case
from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field, delete_field
from app.cases.forms import (
    CaseForm,
    change_form,
    create_form,
    default_form,
    delete_form,
    fields_in,
    form_by_title,
    form_of,
    forms,
)
from app.cases.models import Case
from app.cases.types import EVERYWHERE, type_word, types
from app.errors import Conflict, Invalid, NotFound
from app.extensions import db
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import UNA


@pytest.fixture
def case(app: Flask, api: Api) -> Iterator[Case]:
    """A case of una's."""
    api.opened(UNA)
    with app.app_context(), transaction():
        yield db.session.get_one(Case, 1)


@pytest.fixture
def returns(case: Case) -> CaseForm:
    """A form with one field."""
    define_field(FieldLevel.CASE, "order", FieldType.TEXT, {"title": "Order"}, by=None)
    return create_form({"title": "Returns", "fields": ["order"], "default": True}, by=None)


def test_a_form_has_fields_of_cases_in_their_order(returns: CaseForm) -> None:
    define_field(FieldLevel.CASE, "size", FieldType.TEXT, {"title": "Size"}, by=None)
    change_form(returns, {"fields": ["size", "order", "size"]}, by=None)
    assert [one.key for one in fields_in(returns)] == ["size", "order"]
    assert happened("form_changed") == [("form_changed", {"fields": ["order"]}, {"fields": ["size", "order"]}, None)]
    with pytest.raises(Invalid) as wrong:
        change_form(returns, {"fields": ["order", "colour"]}, by=None)
    assert wrong.value.fields == {"fields.1": "There is no field of cases with this key."}


def test_a_deleted_field_is_in_no_form(returns: CaseForm) -> None:
    [field] = fields_in(returns)
    delete_field(field, by=None)
    assert fields_in(returns) == []


def test_one_form_is_that_of_cases_of_which_nothing_is_said(returns: CaseForm) -> None:
    assert default_form() is returns
    other = create_form({"title": "Questions", "default": True}, by=None)
    db.session.refresh(returns)
    assert (default_form(), returns.default) == (other, False)


def test_a_case_is_of_a_form_until_that_is_deleted(returns: CaseForm, case: Case) -> None:
    for title in ("Returns", "Returns", None, "Returns"):
        change_case(case, {"form": title}, by=None)
    assert [one[1:3] for one in happened("case_form_changed")] == [
        (None, "Returns"),
        ("Returns", None),
        (None, "Returns"),
    ]
    delete_form(returns, by=None)
    assert form_of(case) is None
    with pytest.raises(Invalid):
        change_case(case, {"form": "Returns"}, by=None)
    create_form({"title": "Returns"}, by=None)
    assert form_of(case) is returns


def test_a_title_is_that_of_one_form(returns: CaseForm) -> None:
    other = create_form({"title": "Questions"}, by=None)
    with pytest.raises(Conflict) as wrong:
        create_form({"title": "Returns"}, by=None)
    assert [*wrong.value.fields] == ["title"]
    with pytest.raises(Conflict):
        change_form(other, {"title": "Returns"}, by=None)
    assert forms() == [returns, other]
    delete_form(other, by=None)
    with pytest.raises(NotFound):
        form_by_title("Questions")


def test_a_word_for_the_kind_of_a_case_gets_a_number(case: Case) -> None:
    assert [one.word for one in types()] == [*EVERYWHERE]
    for word in ("refund", "question", "refund", None):
        change_case(case, {"type": word}, by=None)
    assert [one.word for one in types()] == [*EVERYWHERE, "refund"]
    assert case.known_type is None
    change_case(case, {"type": "refund"}, by=None)
    db.session.flush()
    db.session.refresh(case)
    assert type_word(case.known_type.id, field="type_id") == "refund"
    with pytest.raises(Invalid):
        type_word(4711, field="type_id")


def test_two_that_became_the_default_at_one_moment_break_nothing(case: Case) -> None:
    first, second = (create_form({"title": one, "default": True}, by=None) for one in ("Coffee", "Tea"))
    first.default = second.default = True
    db.session.flush()
    db.session.refresh(case)
    assert default_form() is first
    assert case.told_form_id == first.id

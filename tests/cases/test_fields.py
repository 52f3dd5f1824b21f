"""The operator's own fields: defining them, and what is said in them."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.cases.custom_fields import CustomField, CustomFieldValue, FieldLevel, FieldType
from app.cases.field_definitions import change_field, define_field, delete_field, field_by_key
from app.cases.field_values import fields_of, fill_case_fields, fill_fields
from app.cases.models import Case
from app.cases.patterns import check_pattern, matches
from app.errors import Conflict, Invalid, NotFound
from app.extensions import db
from app.people.models import Person
from app.people.persons import known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both
from tests.files.posts import a_file, posted

CHOICES = [{"key": "red", "title": "Red"}, {"key": "blue", "title": "Blue"}]
TREE = [
    {"key": "phones", "title": "Phones"},
    {"key": "ten", "title": "The ten", "parent": "phones"},
    {"key": "other", "title": "Other"},
]
SORTS: dict[str, dict[str, Any]] = {
    **{one: {"options": CHOICES} for one in ("radio", "select", "multi_select")},
    "cascading": {"options": TREE},
    "regex": {"pattern": r"[A-Z]{2}-\d+"},
}


@pytest.fixture
def case(app: Flask, api: Api) -> Iterator[Case]:
    """A case of una's."""
    api.opened(UNA)
    with app.app_context(), transaction():
        yield db.session.get_one(Case, 1)


def ben() -> Person:
    return known_person(BEN, field="from")


def defined(kind: str, key: str = "it", level: FieldLevel = FieldLevel.CASE, **facts: Any) -> CustomField:
    return define_field(level, key, FieldType(kind), {"title": "It", **SORTS.get(kind, {}), **facts}, by=None)


def said(case: Case) -> dict[str, Any]:
    db.session.flush()
    return fields_of(FieldLevel.CASE, case.id)


@on_both
@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", ["one line", "ü" * 500], ["", " ", "two\nlines", "x" * 501, 5, True, [], {}]),
        ("textarea", ["two\nlines", "x" * 20_000], ["", "\n", "x" * 20_001, 5]),
        ("number", [0, -4711, 2**53], [1.5, "1", True, []]),
        ("decimal", [1, 1.5, -0.25], ["1.5", False, {}, float("nan"), float("inf"), 2.0**54]),
        ("date", ["2027-02-28"], ["2027-02-29", "2027-2-1", "20270228", "2027-02-28T00:00:00Z", 5]),
        ("checkbox", [True, False], [1, 0, "true"]),
        ("yes_no", [True, False], [1, "yes"]),
        ("radio", ["red"], ["Red", "green", 5, ["red"], {}]),
        ("select", ["blue"], ["", "green"]),
        ("multi_select", [["red"], ["red", "blue"], []], ["red", ["green"], ["red", "red"], [["red"]]]),
        ("cascading", ["ten", "other"], ["phones", "unknown", 5]),
        ("regex", ["AB-17"], ["ab-17", "AB-", "xAB-17", "AB-17\n", "AB-" + "1" * 100, 5]),
    ],
)
def test_a_field_holds_what_is_of_its_kind_and_nothing_else(
    case: Case, kind: str, good: list[Any], bad: list[Any]
) -> None:
    defined(kind)
    for value in good:
        fill_case_fields(case, {"it": value}, by=None)
        [found] = said(case).values()
        assert (type(found), found) == (type(value), value)
    for value in bad:
        with pytest.raises(Invalid) as refused:
            fill_case_fields(case, {"it": value}, by=None)
        assert set(refused.value.fields) == {"fields.it"}
    assert said(case) == {"it": good[-1]}


def test_a_field_for_files_holds_an_attachment(app: Flask, api: Api) -> None:
    uuid = str(posted(app, api.opened(UNA)["uuid"], UNA, a_file())[0])
    with app.app_context(), transaction():
        case = db.session.get_one(Case, 1)
        defined("file")
        fill_case_fields(case, {"it": uuid}, by=None)
        assert said(case) == {"it": uuid}
        for value in (str(case.uuid), "file", 5, []):
            with pytest.raises(Invalid, match="uuid of an attachment"):
                fill_case_fields(case, {"it": value}, by=None)


@on_both
def test_what_is_said_is_told_once_with_what_was(case: Case, cast: Cast) -> None:
    defined("checkbox", "paid")
    defined("number", "order")
    for values in ({"order": 1}, {"order": 1}, {"order": 2, "paid": True}, {"order": None}, {"order": None}):
        fill_case_fields(case, values, by=ben())
        db.session.flush()
    assert said(case) == {"paid": True}
    assert [one[1:] for one in happened("custom_field_changed")] == [
        (None, 1, cast.ben.id),
        (1, 2, cast.ben.id),
        (None, True, cast.ben.id),
        (2, None, cast.ben.id),
    ]


def test_every_wrong_value_is_named_and_nothing_is_changed(case: Case) -> None:
    defined("text", "good")
    defined("number", "wrong")
    defined("text", "needed", required=True)
    with pytest.raises(Invalid) as refused:
        fill_case_fields(case, {"good": "x", "wrong": "y", "unknown": "z", "needed": None}, by=None)
    assert set(refused.value.fields) == {"fields.wrong", "fields.unknown", "fields.needed"}
    assert said(case) == {}


@on_both
def test_levels_do_not_mix(case: Case) -> None:
    una = known_person(UNA, field="from")
    assert una.id == case.id
    for level in (FieldLevel.CASE, FieldLevel.PERSON):
        defined("text", "vip", level)
    fill_fields(FieldLevel.PERSON, una, {"vip": "very"}, by=None)
    assert said(case) == {}
    assert fields_of(FieldLevel.PERSON, una.id) == {"vip": "very"}


@on_both
def test_a_deleted_field_hides_its_values_until_it_is_back(case: Case) -> None:
    field = defined("number")
    fill_case_fields(case, {"it": 4711}, by=None)
    delete_field(field, by=ben())
    assert said(case) == {}
    assert db.session.query(CustomFieldValue).count() == 1
    with pytest.raises(NotFound):
        field_by_key("case", "it")
    with pytest.raises(Conflict, match="deleted field of the type number"):
        defined("text")
    with pytest.raises(Invalid, match="no such field"):
        fill_case_fields(case, {"it": 1}, by=None)
    defined("number", title="Back")
    assert said(case) == {"it": 4711}


@on_both
def test_options_are_known_by_their_keys(case: Case) -> None:
    field = defined("cascading")
    db.session.flush()
    ids = {one.key: one.id for one in field.options}
    options = [{"key": "other", "title": "Others"}, {"key": "six", "title": "The six", "parent": "other"}]
    change_field(field, {"options": options}, by=ben())
    db.session.flush()
    db.session.expire_all()
    assert [(one.key, one.title, one.parent and one.parent.key) for one in field.options] == [
        ("other", "Others", None),
        ("six", "The six", "other"),
    ]
    assert field.options[0].id == ids["other"]
    change_field(field, {"options": [{**one, "parent": one.get("parent")} for one in options]}, by=ben())
    assert len(happened("field_changed")) == 1


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        ("select", {"options": []}, "options"),
        ("text", {"options": CHOICES}, "options"),
        ("select", {"options": [*CHOICES, CHOICES[0]]}, "options.2.key"),
        ("select", {"options": TREE}, "options.1.parent"),
        ("cascading", {"options": TREE[1:]}, "options.0.parent"),
        ("regex", {"pattern": None}, "pattern"),
        ("regex", {"pattern": "("}, "pattern"),
        ("regex", {"pattern": "(a+)+b"}, "pattern"),
        ("text", {"pattern": "a"}, "pattern"),
    ],
)
def test_a_definition_that_cannot_be_is_refused(case: Case, kind: str, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        defined(kind, **facts)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize(
    "pattern", [r"\w+@\w+\.\w+", r"\d{1,3}(\.\d{1,3}){3}", "(red|blue)", r"[A-Z]{2}\d{8,12}", "(?:-a){0,9}", ""]
)
def test_a_common_pattern_is_taken(pattern: str) -> None:
    check_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+b", "(a|a)*b", "(a*)*", "a*a*a*a*a*b", "(a?){60}a{60}", "(?=(a+)+b)a", "(" * 400, "[", "[[a]", "(.*)*" * 90],
)
def test_a_pattern_that_evil_texts_could_keep_busy_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="This"):
        check_pattern(pattern)


def test_the_worst_pattern_that_is_taken_is_done_in_a_moment() -> None:
    pattern = "a*a*a*b"
    check_pattern(pattern)
    began = time.monotonic()
    assert not matches(pattern, "a" * 100)
    assert time.monotonic() - began < 5

"""The operator's own fields, by which the list of cases is narrowed in Deskie's dialect."""

from typing import Any

import pytest
from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.cases.field_values import fill_fields
from app.cases.models import Case
from app.extensions import db
from app.people.models import Person
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.api.deskie.listed import listed
from tests.cast import EVE, UNA, Cast
from tests.conftest import on_both


@pytest.fixture
def fields(app: Flask, deskie: Deskie, cast: Cast) -> dict[str, str]:
    """Fields of cases and of users, what una and her case say in them, and a second case that says nothing."""
    case = deskie.opened(UNA)["case_id"]
    deskie.opened(EVE)
    options = {"options": [{"key": "red", "title": "Red"}, {"key": "blue", "title": "Blue"}]}
    said = {
        (FieldLevel.CASE, "order", FieldType.TEXT): "AB-4711/x",
        (FieldLevel.CASE, "floor", FieldType.TEXTAREA): "3b",
        (FieldLevel.CASE, "weight", FieldType.NUMBER): 12,
        (FieldLevel.CASE, "due", FieldType.DATE): "2026-05-01",
        (FieldLevel.CASE, "done", FieldType.CHECKBOX): True,
        (FieldLevel.CASE, "colour", FieldType.SELECT): "red",
        (FieldLevel.PERSON, "city", FieldType.TEXT): "Wuppertal",
        (FieldLevel.PERSON, "shade", FieldType.MULTI_SELECT): ["blue"],
    }
    with app.app_context(), transaction():
        owners = {
            FieldLevel.CASE: db.session.get_one(Case, case),
            FieldLevel.PERSON: db.session.get_one(Person, cast.una.id),
        }
        found = {}
        for (level, key, kind), value in said.items():
            more = options if kind in {FieldType.SELECT, FieldType.MULTI_SELECT} else {}
            field = define_field(level, key, kind, {"title": key, **more}, by=None)
            db.session.flush()
            fill_fields(level, owners[level], {key: value}, by=None)
            found[key] = f"custom_fields[cf_{field.id}]"
            found |= {f"{key}.{one.key}": str(one.id) for one in field.options}
        return found


@on_both
def test_own_fields_of_cases_and_of_users_narrow_the_list(deskie: Deskie, fields: dict[str, str]) -> None:
    for name, value, count in (
        ("order", "4711", 1),
        ("order", "^ab-4711/x^", 1),
        ("order", "4712", 0),
        ("floor", "^3B^", 1),
        ("weight", "12", 1),
        ("weight", "13", 0),
        ("due", "2026-05-01", 1),
        ("due", "2026-05-02", 0),
        ("done", "1", 1),
        ("done", "false", 1),
        ("colour", "red", 1),
        ("colour", fields["colour.red"], 1),
        ("colour", fields["colour.blue"], 0),
        ("city", "upper", 1),
        ("shade", fields["shade.blue"], 1),
        ("shade", fields["shade.red"], 0),
    ):
        assert len(listed(deskie, f"{fields[name]}={value}")) == count, (name, value)
    several = f"{fields['colour']}[]={fields['colour.red']}&{fields['colour']}[]=blue&{fields['order']}[]=4711"
    assert len(listed(deskie, several)) == 1
    assert len(listed(deskie, f"{fields['done']}[]=true&{fields['done']}[]=false")) == 2


@pytest.mark.parametrize(
    ("name", "value"), [("order", "ab"), ("weight", "heavy"), ("done", "maybe"), ("colour", "green"), ("shade", "blau")]
)
def test_what_an_own_field_cannot_say_is_refused(deskie: Deskie, fields: dict[str, str], name: str, value: str) -> None:
    answer = deskie.get(f"/cases.json?{fields[name]}={value}")
    assert (answer.status_code, answer.json["error"]) == (422, "wrong_custom_fields")
    assert "cf_" in answer.json["detail"]


@on_both
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weight", "nan"),
        ("weight", "9" * 4000),
        ("load", "nan"),
        ("load", "-inf"),
        ("load", "1e999"),
        ("order", {"a": 1}),
        ("order", ["a"]),
        ("order", "two\nlines"),
        ("due", "2021-13-45"),
    ],
)
def test_what_an_own_field_cannot_keep_is_refused_under_its_number(
    app: Flask, deskie: Deskie, fields: dict[str, str], name: str, value: Any
) -> None:
    with app.app_context(), transaction():
        load = define_field(FieldLevel.CASE, "load", FieldType.DECIMAL, {"title": "Load"}, by=None)
        db.session.flush()
        number = {**fields, "load": f"custom_fields[cf_{load.id}]"}[name].removeprefix("custom_fields[").rstrip("]")
    case = deskie.opened()["case_id"]
    answer = deskie.put(f"/cases/{case}.json", {"case": {"custom_fields": {number: value}}})
    assert (answer.status_code, answer.json["error"]) == (422, "wrong_custom_fields")
    assert number in answer.json["detail"]

"""Filters by names that the operator makes: his own fields and statuses, and the keys of ``meta`` that he lists."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.cases.list_values import ListValue
from app.cases.models import Case
from app.clock import now
from app.extensions import db
from app.transaction import transaction
from tests.api.test_filtering import listed
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import on_both

RECENT = (now() - timedelta(days=2)).date().isoformat()
FIELDS: list[dict[str, Any]] = [
    {"key": "weight", "type": "decimal"},
    {"key": "due", "type": "date"},
    {"key": "paid", "type": "yes_no"},
    {"key": "shop", "type": "text"},
    {
        "key": "colours",
        "type": "multi_select",
        "options": [{"key": one, "title": one} for one in ("red", "blue", "green")],
    },
]
CASES: list[dict[str, Any]] = [
    {"weight": 2.5, "due": "2026-03-01", "paid": True, "shop": "Old, Town", "colours": ["red", "blue"]},
    {"weight": 10, "due": "2026-04-01", "paid": False, "shop": "New Town", "colours": ["blue"]},
    {"weight": -3, "due": RECENT, "colours": []},
    {},
]
METAS: list[dict[str, Any]] = [
    {"order": 4711, "shop": "a,b", "at": "2026-03-01", "deep": {"x": 1}},
    {"order": "4711", "vip": True},
    {"order": 12.5, "at": "2026-03-09T12:00:00Z"},
    {},
]


@pytest.fixture
def opened(api: Api) -> list[str]:
    """Four cases: with less and less in their fields."""
    for field in FIELDS:
        assert api.post("/fields", {"level": "case", "title": field["key"], **field}).status_code == 201
    api.post("/config", {"caseMetaFilters": ["order", "shop", "vip", "at", "deep"]})
    case = {"creator": {"email": UNA}, "subject": "It burns", "message": "Hello"}
    uuids = [api.post("/cases", {**case, "meta": meta}).json["uuid"] for meta in METAS]
    for uuid, values in zip(uuids, CASES, strict=True):
        assert api.patch(f"/cases/{uuid}", {"fields": values}).status_code == 200
    return uuids


FOUND = [
    ("field.weight=10", [1]),
    ("field.weight=2.5,-3", [2, 0]),
    ("field.weight=0..10", [1, 0]),
    ("field.weight=..0", [2]),
    ("field.weight=9..", [1]),
    ("not.field.weight=0..10", [3, 2]),
    ("field.weight=none", [3]),
    ("field.weight=none,10", [3, 1]),
    ("not.field.weight=none", [2, 1, 0]),
    ("field.due=2026-03-01", [0]),
    ("field.due=2026-03-01..2026-04-01", [0]),
    ("field.due=3d..", [2]),
    ("field.due=..2026-04-02", [1, 0]),
    ("field.paid=true", [0]),
    ("field.paid=true,false", [1, 0]),
    ("field.shop=Old\\, Town,New Town", [1, 0]),
    ("field.colours=blue", [1, 0]),
    ("field.colours=red,green", [0]),
    ("field.colours=none", [3, 2]),
    ("field.paid=true&field.weight=2.5", [0]),
    ("meta.order=4711", [1, 0]),
    ("meta.order=12.5", [2]),
    ("meta.order=10..5000", [2, 0]),
    ("not.meta.order=4711", [3, 2]),
    ("meta.order=none", [3]),
    ("meta.shop=a\\,b", [0]),
    ("meta.vip=true", [1]),
    ("meta.at=2026-03-01..2026-03-10", [2, 0]),
    ("meta.deep=none", [3, 2, 1, 0]),
]


@on_both
def test_cases_are_found_by_what_is_said_of_them_in_the_operators_words(api: Api, opened: list[str]) -> None:
    for query, numbers in FOUND:
        assert listed(api, f"/cases?{query}", 1) == [opened[number] for number in numbers], query


@on_both
def test_what_is_no_longer_said_is_no_longer_found(app: Flask, api: Api, opened: list[str]) -> None:
    api.patch(f"/cases/{opened[0]}", {"meta": {"order": 5, "shop": None}, "fields": {"weight": 11, "due": None}})
    for query, numbers in (
        ("meta.order=4711", [1]),
        ("meta.order=5", [0]),
        ("meta.shop=none", [3, 2, 1, 0]),
        ("field.weight=11", [0]),
        ("field.due=2026-03-01", []),
    ):
        assert listed(api, f"/cases?{query}", 50) == [opened[number] for number in numbers], query
    for uuid in opened:
        api.post(f"/cases/{uuid}/trash")
        assert api.post(f"/cases/{uuid}/purge").status_code < 300
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(ListValue)) == 0


REFUSED = [
    ("field.wieght=1", "field.wieght", "no field with this key. There are: colours, due, paid, shop, weight."),
    ("not.field.wieght=1", "not.field.wieght", "There are: colours, due"),
    ("field.weight=heavy", "field.weight", "must be a number, or a range such as 10..20"),
    ("field.weight=..", "field.weight", "must be a number"),
    ("field.weight=nan", "field.weight", "must be a number"),
    ("field.due=soon", "field.due", "must be a day, or a range"),
    ("field.due=2026-02-30", "field.due", "must be a day"),
    ("field.paid=yes", "field.paid", "must be true or false"),
    ("field.colours=pink", "field.colours", "must be red or blue or green"),
    ("meta.colour=red", "meta.colour", "caseMetaFilters does not list this key. There are: order, shop"),
    ("field.=1", "field.", "field.<key>, meta.<key>"),
    ("field=1", "field", "field.<key>, meta.<key>"),
    ("named=1", "named", "There are: limit, state"),
    ("named=1&field.weight=1", "named", "There are: limit, state"),
    ("other.weight=1", "other.weight", "There are: limit, state"),
    ("custom_status=Lost", "custom_status", "must be the label of a status. There are: Ordered."),
]


def test_a_name_that_nobody_made_is_refused_with_those_which_there_are(api: Api, opened: list[str]) -> None:
    api.post("/statuses", {"label": "Ordered", "base": "waiting"})
    for query, field, says in REFUSED:
        answer = api.get(f"/cases?{query}")
        assert (answer.status_code, answer.json["field"]) == (422, field), query
        assert says in answer.json["errors"][0]["detail"], (query, answer.json)


@on_both
def test_cases_are_found_by_the_operators_own_statuses(api: Api) -> None:
    uuids = [api.opened(UNA)["uuid"] for _ in range(3)]
    for number, label in enumerate(("Ordered", "Sent")):
        api.post("/statuses", {"label": label, "base": "waiting"})
        assert api.patch(f"/cases/{uuids[number]}", {"custom_status": label}).status_code == 200
    for query, numbers in (
        ("custom_status=Ordered", [0]),
        ("custom_status=Ordered,Sent", [1, 0]),
        ("custom_status=none", [2]),
        ("not.custom_status=Ordered", [2, 1]),
    ):
        assert listed(api, f"/cases?{query}", 1) == [uuids[number] for number in numbers], query
    api.delete("/statuses/Sent")
    assert listed(api, "/cases?custom_status=none", 1) == [uuids[2], uuids[1]]


@on_both
def test_cases_are_sorted_by_how_much_they_press(app: Flask, api: Api) -> None:
    uuids = [api.opened(UNA)["uuid"] for _ in range(5)]
    with app.app_context(), transaction():
        cases = db.session.scalars(db.select(Case).order_by(Case.id))
        for case, priority in zip(cases, ("normal", "critical", "low", "high", "critical"), strict=True):
            case.priority = priority
    assert listed(api, "/cases?sort=-priority", 1) == [uuids[number] for number in (4, 1, 3, 0, 2)]
    assert listed(api, "/cases?sort=priority", 2) == [uuids[number] for number in (2, 0, 3, 1, 4)]


def test_saved_filters_ask_the_same_and_are_checked(api: Api, opened: list[str]) -> None:
    query = {"field.weight": "0..10", "not.meta.order": "4711", "sort": "-priority"}
    assert api.post("/filters", {"name": "Light", "query": query}).status_code == 201
    saved = api.post("/filters", {"name": "Light", "query": {"field.colours": "blue"}}).json
    assert listed(api, f"/filters/{saved['key']}/cases", 1) == [opened[1], opened[0]]
    answer = api.post("/filters", {"name": "Bad", "query": {"field.wieght": "1"}})
    assert (answer.status_code, answer.json["field"]) == (422, "query.field.wieght")


@on_both
def test_persons_are_found_by_what_is_said_in_their_fields(api: Api, cast: Cast) -> None:
    api.post("/fields", {"level": "person", "key": "age", "title": "Age", "type": "number"})
    for member, age in ((cast.una, 30), (cast.ben, 40)):
        assert api.patch(f"/persons/{member.uuid}", {"fields": {"age": age}}).status_code == 200
    assert listed(api, "/persons?field.age=35..45", 1) == [str(cast.ben.uuid)]
    assert listed(api, "/persons?field.age=30,40", 1) == [str(cast.una.uuid), str(cast.ben.uuid)]
    answer = api.get("/persons?meta.age=1")
    assert (answer.status_code, answer.json["field"]) == (422, "meta.age")

"""Views of Kayako's dialect: what they are sorted and narrowed by, and how many cases each of them finds."""

from typing import Any

from flask import Flask

from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import EVE, UNA, Cast
from tests.conftest import on_both
from tests.queries import queries

COLUMNS = "/views/columns"
DEFINITIONS = "/views/definitions?limit=200"


def defined(kayako: Kayako) -> dict[str, Any]:
    answer = kayako.get(DEFINITIONS).json
    assert (answer["resource"], answer["total_count"]) == ("definition", len(answer["data"]))
    return {one["field"]: one for one in answer["data"]}


def test_views_are_sorted_by_the_columns_that_there_are(api: Api, kayako: Kayako) -> None:
    answer = kayako.get(f"{COLUMNS}?limit=200").json
    names = [one["name"] for one in answer["data"]]
    assert (answer["resource"], answer["data"][0]["label"]) == ("column", "Created at")
    for name in names:
        assert api.post("/filters", {"name": name, "query": {"sort": name}}).status_code == 201
    assert {one["order_by_column"] for one in kayako.get("/views?limit=200").json["data"]} <= {*names}
    assert len(kayako.get(f"{COLUMNS}?limit=2").json["data"]) == 2


@on_both
def test_views_are_narrowed_by_what_is_defined(api: Api, kayako: Kayako) -> None:
    api.post("/statuses", {"label": "Paused", "base": "open"})
    api.post("/config", {"caseMetaFilters": ["order"]})
    size = {"level": "case", "key": "size", "title": "Size", "type": "select"}
    assert api.post("/fields", {**size, "options": [{"key": "l", "title": "Large"}]}).status_code == 201
    api.post("/fields", {"level": "case", "key": "weight", "title": "Weight", "type": "decimal"})
    found = defined(kayako)
    assert found["priority"]["values"]["critical"] == "Critical"
    assert (found["priority"]["input_type"], found["priority"]["operators"]) == (
        "OPTIONS",
        ["comparison_equalto", "comparison_not_equalto"],
    )
    assert found["custom_status"]["values"] == {"Paused": "Paused"}
    assert (found["field.size"]["label"], found["field.size"]["values"]) == ("Size", {"l": "Large"})
    assert (found["field.weight"]["type"], found["field.weight"]["sub_type"]) == ("NUMERIC", "FLOAT")
    assert (found["tag"]["input_type"], found["created_at"]["input_type"]) == ("TAGS", "DATE_ABSOLUTE")
    assert (found["assignee"]["input_type"], found["meta.order"]["values"]) == ("AUTOCOMPLETE", "")
    assert all(one["description"].endswith(".") and one["group"] == "CASES" for one in found.values())


def test_every_value_that_is_defined_can_be_asked_for(api: Api, kayako: Kayako) -> None:
    api.post("/statuses", {"label": "Paused", "base": "open"})
    for name, one in defined(kayako).items():
        for value in one["values"]:
            for asked in (name, f"not.{name}"):
                assert api.post("/filters", {"name": "One", "query": {asked: value}}).status_code == 201, (name, value)


def test_a_view_tells_whose_it_is(api: Api, kayako: Kayako, cast: Cast) -> None:
    api.post("/filters", {"name": "Mine", "query": {"status": "new"}, "shared": True})
    found = kayako.get("/views?limit=200").json["data"]
    assert [one["agent"] for one in found[:8]] == [None] * 8
    assert found[8]["agent"]["id"] == cast.olga.id
    assert (found[8]["columns"], found[8]["predicate_collections"], found[8]["visibility_to_teams"]) == ([], [], [])


@on_both
def test_cases_of_views_are_counted_together_however_many_there_are(app: Flask, api: Api, kayako: Kayako) -> None:
    api.opened(UNA)
    api.post("/statuses", {"label": "Paused", "base": "open"})
    team = api.post("/teams", {"name": "Support"}).json["uuid"]
    api.post("/fields", {"level": "case", "key": "size", "title": "Size", "type": "number"})
    said = {"status_id": 101, "assigned_team_id": 1, "field_values": {"size": "7"}}
    assert kayako.put("/cases/1", said).status_code == 200
    assert kayako.put("/cases/1/tags", {"tags": "late"}).status_code == 200
    finds = [
        {"requester": UNA, "not.creator": EVE},
        {"tag": "late", "not.tag": "early"},
        {"team": team, "organization": "none"},
        {"custom_status": "Paused", "field.size": "5..9"},
    ]
    asked = []
    for number in range(40):
        query = {"name": f"Saved {number}", "query": finds[number % 4], "shared": True}
        assert api.post("/filters", query).status_code == 201
        if number in {3, 7, 39}:
            with queries(app) as found:
                counts = [one["total_count"] for one in kayako.get("/views/counts").json["data"]]
            assert counts[8:] == [1] * (number + 1)
            asked.append(len(found))
    assert asked[1] == asked[2]  # the first time the house is looked at, too


def test_a_view_that_can_be_asked_no_longer_hides_no_other(api: Api, kayako: Kayako) -> None:
    api.opened(UNA)
    api.post("/fields", {"level": "case", "key": "order", "title": "Order", "type": "number"})
    for name, query in (("Big orders", {"field.order": "7"}), ("New ones", {"status": "new"})):
        assert api.post("/filters", {"name": name, "query": query, "shared": True}).status_code == 201
    api.delete("/fields/case/order")
    counts = {one["view"]["title"]: one["total_count"] for one in kayako.get("/views/counts?include=view").json["data"]}
    assert (counts["Open"], counts["Big orders"], counts["New ones"]) == (1, None, 1)
    assert [one["id"] for one in kayako.get("/views/1/cases").json["data"]] == [1]

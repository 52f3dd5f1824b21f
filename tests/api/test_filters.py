"""Saved filters: those that come with Casey, one's own, and those that the team shares."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.cases.models import Case, Status
from app.clock import now
from app.extensions import db
from app.people.models import Person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import UNA, Cast

BUGS = {"name": "Bugs", "query": {"tag": "bug", "sort": "created_at", "not.status": "closed"}}


def found(api: Api, key: str) -> list[Any]:
    return [one["uuid"] for one in api.get(f"/filters/{key}/cases").json["items"]]


def test_there_are_filters_from_the_beginning(app: Flask, api: Api, cast: Cast) -> None:
    uuids = [api.opened(UNA)["uuid"] for _ in range(7)]
    with app.app_context(), transaction():
        _, hers, waiting, overdue, closed, spam, trash = db.session.scalars(db.select(Case).order_by(Case.id))
        hers.assignee = db.session.get(Person, cast.olga.id)
        waiting.status, closed.status, closed.closed_at = Status.WAITING, Status.CLOSED, now()
        overdue.last_post_at = waiting.last_post_at = now() - timedelta(days=2)
        spam.spam_at, trash.trashed_at = now(), now()
    expected = {
        "open": [3, 2, 1, 0],
        "unassigned": [3, 2, 0],
        "mine": [1],
        "waiting": [2],
        "overdue": [3],
        "closed": [4],
        "spam": [5],
        "trash": [6],
    }
    for key, numbers in expected.items():
        assert found(api, key) == [uuids[number] for number in numbers], key
    listed = api.get("/filters").json["items"]
    assert [one["key"] for one in listed] == list(expected)
    assert all(one["built_in"] and one["shared"] for one in listed)
    assert api.get("/filters/open").json["query"] == {"status": "new,open,waiting"}
    for answer in (api.patch("/filters/open", {"name": "Mine"}), api.delete("/filters/open")):
        assert answer.status_code == 409


@pytest.mark.parametrize("query", [[None, None], "open", None])
def test_a_query_that_is_no_object_is_refused_by_name(api: Api, query: Any) -> None:
    answer = api.post("/filters", BUGS | {"query": query})
    assert (answer.status_code, answer.json["field"]) == (422, "query")


def test_a_saved_filter_finds_what_its_query_finds(api: Api) -> None:
    case = {"creator": {"email": UNA}, "subject": "It burns", "message": "Hello", "tags": ["bug"]}
    uuids = [api.post("/cases", case).json["uuid"] for _ in range(3)]
    api.post(f"/cases/{uuids[1]}/close")
    saved = api.post("/filters", BUGS).json
    assert (saved["name"], saved["query"], saved["shared"]) == ("Bugs", BUGS["query"], False)
    assert found(api, saved["key"]) == [uuids[0], uuids[2]]
    first = api.get(f"/filters/{saved['key']}/cases?limit=1&total=true&fields=uuid")
    assert (first.json["items"], first.json["total"]) == ([{"uuid": uuids[0]}], 2)
    link = first.headers["Link"].partition("/api/casey/v1")[2].partition(">")[0]
    assert api.get(link).json["items"] == [{"uuid": uuids[2]}]
    api.patch(f"/filters/{saved['key']}", {"query": {"status": "closed"}, "name": "Done"})
    assert found(api, saved["key"]) == [uuids[1]]
    assert api.delete(f"/filters/{saved['key']}").json["name"] == "Done"
    assert api.get(f"/filters/{saved['key']}").status_code == 404


def test_a_query_is_checked_when_it_is_saved(api: Api) -> None:
    for query, field in (
        ({"stauts": "new"}, "query.stauts"),
        ({"status": "fresh"}, "query.status"),
        ({"sort": "subject"}, "query.sort"),
        ({"cursor": "x"}, "query.cursor"),
        ({"status": 5}, "query.status.value"),
    ):
        answer = api.post("/filters", {"name": "Bad", "query": query})
        assert (answer.status_code, answer.json["field"]) == (422, field), query
    assert api.post("/filters", {"name": "Mine", "query": {"assignee": "me"}}).status_code == 201


def test_ones_own_filters_are_nobody_elses(api: Api, cast: Cast) -> None:
    ben, amy = api.as_(cast.keys["ben"]), api.as_(cast.keys["amy"])
    key = ben.post("/filters", BUGS).json["key"]
    assert ben.get(f"/filters/{key}").status_code == 200
    for other in (api, amy):
        assert other.get(f"/filters/{key}").status_code == other.get(f"/filters/{key}/cases").status_code == 404
        assert key not in other.get("/filters").text
    assert api.delete(f"/filters/{key}").status_code == 404
    assert api.get("/filters/nothing").status_code == 404


def test_admins_share_filters_with_the_team(api: Api, cast: Cast) -> None:
    ben = api.as_(cast.keys["ben"])
    assert ben.post("/filters", {**BUGS, "shared": True}).status_code == 403
    key = api.post("/filters", {**BUGS, "shared": True}).json["key"]
    assert key in ben.get("/filters").text
    assert ben.get(f"/filters/{key}/cases").status_code == 200
    assert ben.patch(f"/filters/{key}", {"name": "Mine"}).status_code == 403
    assert ben.delete(f"/filters/{key}").status_code == 403
    mine = ben.post("/filters", BUGS).json["key"]
    assert ben.patch(f"/filters/{mine}", {"shared": True}).status_code == 403


def test_nobody_keeps_more_filters_than_a_list_can_show(app: Flask, api: Api) -> None:
    answers = {api.post("/filters", BUGS).status_code for _ in range(100)}
    assert answers == {201}
    assert api.post("/filters", BUGS).status_code == 409

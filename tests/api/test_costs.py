"""What the commonest calls cost: how often the database is asked, and no thread for a call."""

import threading

import pytest
from flask import Flask

from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import on_both
from tests.queries import queries


@on_both
def test_a_plain_case_is_shown_with_few_questions(app: Flask, api: Api) -> None:
    uuid = api.opened(UNA)["uuid"]
    api.get(f"/cases/{uuid}")
    with queries(app) as asked:
        api.get(f"/cases/{uuid}")
    assert len([one for one in asked if one.startswith("SELECT")]) <= 5, asked


@on_both
def test_a_page_of_cases_is_shown_with_few_questions(app: Flask, api: Api) -> None:
    for person in (UNA, BEN):
        api.opened(person)
    api.get("/cases")
    with queries(app) as asked:
        assert len(api.get("/cases").json["items"]) == 2
    assert len([one for one in asked if one.startswith("SELECT")]) <= 6, asked


@on_both
@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")
def test_a_case_is_opened_with_few_statements(app: Flask, api: Api) -> None:
    api.opened("first@world.test")
    with queries(app) as asked:
        api.opened("second@world.test")
    assert len([one for one in asked if one.startswith(("SELECT", "INSERT", "UPDATE"))]) <= 29, asked


@on_both
def test_a_message_of_somebody_who_is_not_in_the_case_names_him_too(api: Api) -> None:
    uuid = api.opened(UNA)["uuid"]
    api.post(f"/cases/{uuid}/notes", {"from": BEN, "note": "Careful"})
    shown = api.get(f"/cases/{uuid}").json
    assert [one["email"] for one in shown["participants"]] == [UNA]
    assert [one["from"]["email"] for one in shown["notes"]] == [BEN]


@on_both
def test_what_a_case_has_is_shown_all_the_same(api: Api) -> None:
    uuid, other = api.opened(UNA)["uuid"], api.opened(UNA)["uuid"]
    api.post("/fields", {"level": "case", "key": "order", "title": "Order", "type": "number"})
    api.patch(f"/cases/{uuid}", {"fields": {"order": 5}})
    api.post(f"/cases/{uuid}/notes", {"from": BEN, "note": "Careful"})
    api.post(f"/cases/{uuid}/links", {"case": other, "kind": "related"})
    api.post(f"/cases/{uuid}/ratings", {"from": UNA, "score": "high"})
    shown = api.get(f"/cases/{uuid}").json
    assert shown["fields"] == {"order": 5}
    assert [one["note"] for one in shown["notes"]] == ["Careful"]
    assert [one["case"] for one in shown["links"]] == [other]
    assert [one["score"] for one in shown["ratings"]] == ["high"]
    assert [one["case"] for one in api.get(f"/cases/{other}").json["links"]] == [uuid]


def test_counting_calls_starts_no_thread(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def started(_: threading.Thread) -> None:
        raise AssertionError("a thread was started")

    monkeypatch.setattr(threading.Thread, "start", started)
    assert [api.get("/cases").status_code for _ in range(3)] == [200, 200, 200]

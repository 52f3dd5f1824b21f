"""The audit log: who changed what of the house, with which key, from where, and nothing secret."""

import re
from pathlib import Path

import pytest
from flask import Flask

import app as house
from app.people.audit import AUDITED
from tests.api_client import Api
from tests.cast import Cast
from tests.conftest import on_both
from tests.queries import queries


def test_a_change_is_told_with_who_which_key_from_where_old_and_new(api: Api, cast: Cast) -> None:
    api.patch(f"/persons/{cast.ben.uuid}", {"role": "admin"})
    own = api.get("/api-keys/self").json
    entry = api.get("/audit").json["items"][0]
    assert entry.pop("created_at")
    assert entry.pop("uuid")
    assert entry.pop("actor")["email"] == cast.olga.email
    assert entry == {
        "name": "person_role_changed",
        "subject": {"kind": "person", "uuid": str(cast.ben.uuid)},
        "key": {"uuid": own["uuid"], "name": "tests"},
        "ip_address": "127.0.0.1",
        "old": "agent",
        "new": "admin",
    }


def test_what_no_key_has_done_came_from_nowhere(api: Api, cast: Cast) -> None:
    first = api.get("/audit").json["items"][-1]
    assert (first["actor"], first["key"], first["ip_address"]) == (None, None, None)


def test_no_secret_is_in_it(api: Api) -> None:
    api.post("/config", {"smtpPassword": "hush-hush"})
    key = api.post("/api-keys", {"role": "agent", "name": "robot"}).json["key"]
    text = api.get("/audit").text
    assert "smtpPassword" in text
    assert "hush-hush" not in text
    assert key not in text


def test_what_happens_in_cases_is_not_in_it(api: Api, cast: Cast) -> None:
    before = api.get("/audit").json
    api.opened(cast.una.email)
    assert api.get("/audit").json == before


def test_a_merge_of_cases_names_both(api: Api, cast: Cast) -> None:
    case, other = (api.opened(cast.una.email)["uuid"] for _ in range(2))
    api.post(f"/cases/{case}/merge", {"into": other})
    [entry] = api.get("/audit?name=case_merged").json["items"]
    assert (entry["subject"], entry["new"]["into"]) == ({"kind": "case", "uuid": case}, other)


def test_one_kind_of_change_is_asked_for_by_name(api: Api) -> None:
    api.post("/config", {"mailSyncTimer": 120})
    assert [one["name"] for one in api.get("/audit?name=setting_changed").json["items"]] == ["setting_changed"]
    assert api.get("/audit?name=case_opened").json["field"] == "name"


@on_both
def test_the_pages_run_from_the_newest_back(api: Api) -> None:
    for timer in (60, 61, 62):
        api.post("/config", {"mailSyncTimer": timer})
    whole = api.get("/audit").json["items"]
    pages, cursor = [], ""
    while cursor is not None:
        page = api.get(f"/audit?limit=2{cursor and f'&cursor={cursor}'}").json
        pages.extend(page["items"])
        cursor = page["next"]
    assert pages == whole


def test_it_asks_the_same_however_much_was_done(app: Flask, api: Api) -> None:
    api.post("/config", {"mailSyncTimer": 120})
    found = []
    for _ in range(2):
        with queries(app) as asked:
            api.get("/audit")
        found.append(len(asked))
        for number in range(5):
            api.post("/api-keys", {"role": "agent", "name": f"robot {number}"})
    assert found[0] == found[1]


@pytest.mark.parametrize("name", AUDITED)
def test_every_event_that_is_audited_is_recorded_somewhere(name: str) -> None:
    sources = Path(str(house.__file__)).parent.rglob("*.py")
    assert any(re.search(rf'record\(\s*[\w.]+,\s*"{name}"', one.read_text("utf-8")) for one in sources)

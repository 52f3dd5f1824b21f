"""What Kayako's dialect shows of canned answers, and of what customers thought of late."""

from collections.abc import Callable

import pytest

from app.cases import recent_ratings
from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import on_both

User = Callable[[str], Kayako]
MACROS, RATINGS = "/cases/macros", "/cases/ratings/recent"


@on_both
def test_macros_are_the_canned_answers_of_the_team_and_ones_own(
    api: Api, kayako: Kayako, user: User, cast: Cast
) -> None:
    api.post("/canned-answers", {"title": "Welcome", "html": "<p>Hello</p>", "shared": True})
    api.post("/canned-answers", {"title": "Olga's", "text": "Hello"})
    api.as_(cast.keys["ben"]).post("/canned-answers", {"title": "Ben's", "text": "Hi"})
    answer = kayako.get(MACROS).json
    mine, shared = answer["data"]
    assert (answer["resource"], answer["total_count"]) == ("macro", 2)
    assert [one["title"] for one in (mine, shared)] == ["Ben's", "Welcome"]
    assert (shared["reply_type"], shared["reply_contents"], mine["reply_contents"]) == ("REPLY", "<p>Hello</p>", "Hi")
    assert (shared["visibility"]["type"], mine["visibility"]["type"]) == ("ALL", "SELF")
    assert (mine["agent"]["id"], mine["assignee"]["agent"], mine["add_tags"]) == (cast.ben.id, None, [])
    assert mine["resource_url"].endswith(f"/api/v1{MACROS}/{mine['id']}")
    assert kayako.get(f"{MACROS}/{shared['id']}").json["data"] == shared
    assert user("amy").get(f"{MACROS}/{mine['id']}").status_code == 404
    assert [one["id"] for one in kayako.get(f"{MACROS}?limit=1&offset=1").json["data"]] == [shared["id"]]


@on_both
def test_recent_ratings_are_told_from_the_newest_back(api: Api, kayako: Kayako, cast: Cast) -> None:
    for number, score in enumerate(("low", "middle"), 1):
        uuid = api.opened(UNA)["uuid"]
        assert kayako.put(f"/cases/{number}", {"assigned_agent_id": cast.ben.id}).status_code == 200
        assert api.post(f"/cases/{uuid}/ratings", {"from": UNA, "score": score, "comment": score}).status_code == 201
    answer = kayako.get(RATINGS).json
    assert (answer["resource"], answer["total_count"]) == ("rating", 2)
    good, bad = answer["data"]
    assert [(one["score"], one["comment"]) for one in (good, bad)] == [("GOOD", "middle"), ("BAD", "low")]
    assert (good["user"]["id"], good["agent"]["id"], good["post"]) == (cast.una.id, cast.ben.id, None)
    opened = kayako.get(f"{RATINGS}?include=case&limit=1").json["data"]
    assert [one["case"]["subject"] for one in opened] == ["I found a bug"]


def test_ratings_in_the_trash_are_not_told(api: Api, kayako: Kayako) -> None:
    uuid = api.opened(UNA)["uuid"]
    api.post(f"/cases/{uuid}/ratings", {"from": UNA, "score": "high"})
    api.post(f"/cases/{uuid}/trash")
    assert kayako.get(RATINGS).json["data"] == []


def test_what_was_thought_long_ago_is_not_recent(api: Api, kayako: Kayako, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent_ratings, "RECENT", 1)
    for _ in range(2):
        api.post(f"/cases/{api.opened(UNA)['uuid']}/ratings", {"from": UNA, "score": "high"})
    assert kayako.get(RATINGS).json["total_count"] == 1

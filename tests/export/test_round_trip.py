"""What was exported here can be imported elsewhere, and is then told in the same words."""

import json
from typing import Any

import pytest
from flask import Flask

from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.export.exported import exported, imported, key_of, lines, without_ids
from tests.files.posts import a_file, posted
from tests.sandbox import Outside

HTML = "<p>See <b>there</b>.</p>"


def prepared(api: Api) -> None:
    """What must be there before cases that speak of it."""
    api.post("/fields", {"level": "case", "key": "order", "title": "Order", "type": "number"})
    api.post("/statuses", {"label": "Paused", "base": "waiting"})
    api.post("/teams", {"name": "Support"})


def a_long_story(app: Flask, api: Api, cast: Cast) -> str:
    """A case in which everything has happened that can."""
    prepared(api)
    uuid = str(api.opened(UNA)["uuid"])
    at = f"/cases/{uuid}"
    api.post(f"{at}/messages", {"from": BEN, "html": HTML})
    api.post(f"{at}/notes", {"from": BEN, "note": "She is right."})
    message = api.post(f"{at}/messages", {"from": BEN, "message": "It is mended."}).json["uuid"]
    api.post(f"{at}/messages/{message}/pin")
    api.patch(f"{at}/messages/{message}", {"message": "It has been mended."})
    api.post(f"{at}/messages/{message}/ratings", {"from": UNA, "score": "high", "comment": "At last!"})
    api.post(f"{at}/participants", {"email": "friend@customer.test", "name": "A Friend"})
    api.post(f"{at}/assign", {"person": str(cast.ben.uuid), "team": api.get("/teams").json["items"][0]["uuid"]})
    api.post(f"{at}/tags", {"tags": ["billing", "Über"]})
    api.post(f"{at}/ratings", {"from": UNA, "score": "low"})
    change = {
        "priority": "high",
        "type": "question",
        "category": "Shop",
        "language": "de",
        "meta": {"order": [1, None]},
    }
    api.patch(at, {**change, "fields": {"order": 7}, "custom_status": "Paused"})
    return uuid


@on_both
def test_an_export_that_is_imported_elsewhere_is_exported_again_in_the_same_words(
    app: Flask, api: Api, cast: Cast, work: Worker, elsewhere: Flask
) -> None:
    uuid = a_long_story(app, api, cast)
    closed = api.opened("other@customer.test")["uuid"]
    api.post(f"/cases/{closed}/close")
    spam = api.opened("spammer@customer.test")["uuid"]
    api.post(f"/cases/{spam}/spam")
    content = exported(api, work, state="any")
    there, work_there = key_of(elsewhere), Worker(elsewhere)
    prepared(there)
    rows = imported(there, work_there, content)
    assert [row["result"]["created"] for row in rows] == [True] * 3, rows
    again = exported(there, work_there, state="any")
    assert without_ids(lines(again)) == without_ids(lines(content))
    assert lines(content)[0]["custom_status"] == "Paused"
    assert {one["external_id"] for one in lines(again)} == {uuid, closed, spam}


def test_whoever_is_said_to_be_of_the_team_is_let_in_by_nobody_but_an_admin(
    app: Flask, api: Api, cast: Cast, work: Worker, elsewhere: Flask
) -> None:
    a_long_story(app, api, cast)
    there = key_of(elsewhere)
    prepared(there)
    imported(there, Worker(elsewhere), exported(api, work))
    [ben] = there.get("/persons", query_string={"email": BEN}).json["items"]
    assert (ben["role"], ben["disabled"]) == ("collaborator", True)
    [una] = there.get("/persons", query_string={"email": UNA}).json["items"]
    assert (una["role"], una["disabled"]) == ("customer", False)
    assert [Outside(elsewhere).inbox(one) for one in (UNA, BEN)] == [[], []]


def test_an_export_that_is_imported_where_it_was_made_changes_nothing(api: Api, work: Worker) -> None:
    uuid = api.opened(UNA)["uuid"]
    [row] = imported(api, work, exported(api, work))
    assert row["result"] == {"case": uuid, "created": False}
    assert [one["uuid"] for one in api.get("/cases").json["items"]] == [uuid]


def test_files_are_named_in_lines_and_their_contents_are_not_there(
    app: Flask, api: Api, work: Worker, elsewhere: Flask
) -> None:
    posted(app, api.opened(UNA)["uuid"], UNA, a_file())
    [row] = imported(key_of(elsewhere), Worker(elsewhere), exported(api, work))
    assert row["result"]["missing_files"] == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"custom_status": "Nowhere"}, "custom_status"),
        ({"team": "Nowhere"}, "team"),
        ({"fields": {"nowhere": 1}}, "fields.nowhere"),
    ],
)
def test_what_must_be_there_first_is_named(api: Api, work: Worker, said: dict[str, Any], field: str) -> None:
    api.opened(UNA)
    [told] = lines(exported(api, work))
    [row] = imported(api, work, json.dumps({**told, "external_id": "desk-1", **said}).encode())
    assert (row["status"], list(row["error"]["errors"])) == ("failed", [field])


def test_quotes_in_html_that_was_exported_stay_folded(api: Api, work: Worker) -> None:
    api.opened(UNA)
    [told] = lines(exported(api, work))
    html = '<p>Yes</p><div class="quoted"><blockquote>Old</blockquote></div>'
    told["messages"][0]["html"] = html
    [row] = imported(api, work, json.dumps({**told, "external_id": "desk-1"}).encode())
    assert api.get(f"/cases/{row['result']['case']}").json["messages"][0]["html"] == html


def test_html_that_is_imported_is_cleaned_as_in_mail(api: Api, work: Worker) -> None:
    api.opened(UNA)
    [told] = lines(exported(api, work))
    told["messages"][0]["html"] = "<p onclick='x()'>Hi<script>alert(1)</script></p>"
    [row] = imported(api, work, json.dumps({**told, "external_id": "desk-1"}).encode())
    [message] = api.get(f"/cases/{row['result']['case']}").json["messages"]
    assert message["html"] == "<p>Hi</p>"

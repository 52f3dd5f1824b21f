"""Messages and notes as an integrator writes, reads, changes and deletes them."""

from typing import Any

import pytest

from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.sandbox import Outside

HTML = '<p onclick="x()">Hello <b>Una</b>,</p><script>alert(1)</script><p>see <a href="https://a.test/">this</a>.</p>'
SAFE = '<p>Hello <b>Una</b>,</p><p>see <a href="https://a.test/" rel="noopener noreferrer nofollow">this</a>.</p>'
TEXT = "Hello Una,\n\nsee this <https://a.test/>."
both_kinds = pytest.mark.parametrize("kind", ["message", "note"])


@pytest.fixture
def case(api: Api) -> str:
    return f"/cases/{api.opened(UNA)['uuid']}"


def wrote(api: Api, case: str, kind: str = "message", text: str = "Hi", by: str = BEN, **more: Any) -> Any:
    answer = api.post(f"{case}/{kind}s", {"from": by, kind: text, **more})
    assert answer.status_code == 201, answer.text
    return answer.json


@on_both
@both_kinds
def test_posts_are_listed_from_the_oldest_on_and_page_by_page(api: Api, case: str, kind: str) -> None:
    written = [wrote(api, case, kind, f"Number {number}") for number in range(3)]
    if kind == "message":
        written = api.get(case).json["messages"]
    found, path = [], f"{case}/{kind}s?limit=2"
    while path:
        page = api.get(path).json
        found += page["items"]
        path = page["next"] and f"{case}/{kind}s?limit=2&cursor={page['next']}"
    assert found == written
    assert all(api.get(f"{case}/{kind}s/{one['uuid']}").json == one for one in written)


@both_kinds
def test_html_is_made_safe_and_the_text_is_made_of_it(api: Api, case: str, kind: str) -> None:
    post = api.post(f"{case}/{kind}s", {"from": BEN, "html": HTML}).json
    assert (post[kind], post["html"]) == (TEXT, SAFE)
    post = wrote(api, case, kind, "Words of my own", html=HTML)
    assert (post[kind], post["html"]) == ("Words of my own", SAFE)


@pytest.mark.parametrize("html", ["<script>alert(1)</script>", "<p> </p>", "<div>" * 300 + "deep"])
@both_kinds
def test_html_in_which_nothing_can_be_read_is_refused(api: Api, case: str, kind: str, html: str) -> None:
    answer = api.post(f"{case}/{kind}s", {"from": BEN, "html": html})
    assert (answer.status_code, answer.json["field"]) == (422, "html")


def test_a_formatted_message_is_mailed_as_it_was_formatted(api: Api, case: str, work: Worker, outside: Outside) -> None:
    api.post(f"{case}/messages", {"from": BEN, "html": HTML})
    work()
    page = outside.inbox(UNA)[-1].get_body(("html",))
    assert page is not None
    assert "Hello <b>Una</b>" in page.get_content()


@on_both
@both_kinds
def test_an_edited_post_shows_its_new_text_and_when_it_was_changed(api: Api, case: str, kind: str) -> None:
    post = wrote(api, case, kind, html=HTML)
    edited = api.patch(f"{case}/{kind}s/{post['uuid']}", {kind: "Better so"}).json
    assert (edited[kind], edited["html"]) == ("Better so", None)
    assert edited["edited_at"] is not None
    assert api.get(case).json[f"{kind}s"][-1] == edited
    assert api.patch(f"{case}/{kind}s/{post['uuid']}", {"html": HTML}).json["html"] == SAFE


@on_both
@both_kinds
def test_a_deleted_post_is_not_there_any_more(api: Api, case: str, kind: str) -> None:
    post = wrote(api, case, kind)
    path = f"{case}/{kind}s/{post['uuid']}"
    assert api.delete(path).json == post
    assert [api.get(path).status_code, api.delete(path).status_code] == [404, 404]
    assert post not in api.get(f"{case}/{kind}s").json["items"]


def test_the_message_that_opened_a_case_is_not_deleted_without_it(api: Api, case: str) -> None:
    [first] = api.get(case).json["messages"]
    assert api.delete(f"{case}/messages/{first['uuid']}").status_code == 409


@both_kinds
def test_a_post_is_pinned_and_unpinned(api: Api, case: str, kind: str) -> None:
    path = f"{case}/{kind}s/{wrote(api, case, kind)['uuid']}"
    assert [api.post(f"{path}/{verb}").json["pinned"] for verb in ("pin", "pin", "unpin", "unpin")] == [
        True,
        True,
        False,
        False,
    ]


@both_kinds
def test_a_collaborator_changes_his_own_posts_and_nobody_elses(api: Api, cast: Cast, case: str, kind: str) -> None:
    amy, ben = api.as_(cast.keys["amy"]), api.as_(cast.keys["ben"])
    hers, his = (f"{case}/{kind}s/{wrote(api, case, kind, by=one)['uuid']}" for one in (AMY, BEN))
    assert [amy.patch(one, {kind: "Mine"}).status_code for one in (hers, his)] == [200, 403]
    assert [amy.post(f"{one}/pin").status_code for one in (hers, his)] == [200, 403]
    assert ben.patch(hers, {kind: "Ours"}).status_code == 200
    assert [amy.delete(one).status_code for one in (his, hers)] == [403, 200]


@both_kinds
def test_a_post_is_found_on_its_own_case_only_and_by_its_own_kind(api: Api, case: str, kind: str) -> None:
    post, other = wrote(api, case, kind), f"/cases/{api.opened(UNA)['uuid']}"
    another_kind = {"message": "note", "note": "message"}[kind]
    for path in (f"{other}/{kind}s/{post['uuid']}", f"{case}/{another_kind}s/{post['uuid']}"):
        assert [api.get(path).status_code, api.delete(path).status_code] == [404, 404]


def test_only_the_team_writes_notes(api: Api, case: str) -> None:
    answer = api.post(f"{case}/notes", {"from": UNA, "note": "Hi"})
    assert (answer.status_code, answer.json["field"]) == (422, "from")


def test_a_change_is_refused_when_the_message_is_another_than_the_caller_knows(api: Api, case: str) -> None:
    post = wrote(api, case)
    path = f"{case}/messages/{post['uuid']}"
    known = {"If-Match": api.get(path).headers["ETag"]}
    changes = [api.call("PATCH", path, json={"message": text}, headers=known).status_code for text in ("A", "B")]
    assert changes == [200, 412]


@both_kinds
def test_what_is_emptied_is_refused_by_its_own_name(api: Api, case: str, kind: str) -> None:
    path = f"{case}/{kind}s/{api.post(f'{case}/{kind}s', {'from': BEN, kind: 'Hi'}).json['uuid']}"
    for answer in (api.patch(path, {kind: " "}), api.post(f"{case}/{kind}s", {"from": BEN, kind: " "})):
        assert (answer.status_code, answer.json["field"]) == (422, kind)
        assert kind in answer.json["detail"]

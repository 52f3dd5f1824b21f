"""Accounts that answer otherwise than Kayako does: endlessly, with nonsense, or with what leads elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from werkzeug.wrappers import Request, Response

from app.cases.models import Post
from app.cli import casey
from app.errors import Invalid
from app.extensions import db
from app.people.persons import find_person
from app.takeover.answers import NotRead
from app.takeover.kayako import cases, source
from app.takeover.kayako.source import KayakoSource
from app.takeover.kayako.taking import take_over
from tests.cast import EVE, Cast
from tests.conftest import on_both
from tests.takeover.elsewhere import speaking, told

UNA = {"id": 1, "resource_type": "user", "full_name": "Una", "role": {"type": "CUSTOMER"}, "emails": []}
CASE = {
    "id": 7,
    "subject": "Help",
    "requester": UNA,
    "status": {"type": "OPEN"},
    "created_at": "2026-01-01T00:00:00+00:00",
    "updated_at": "2026-01-01T00:00:00+00:00",
}
TEAM = {"id": 3, "title": "Fire brigade"}
POST = {"id": 9, "creator": {"id": 1}, "contents": "Hi", "created_at": "2026-01-01T00:00:00+00:00"}


def source_at(url: str) -> KayakoSource:
    return KayakoSource(url, "olga@team.test", "ck_1", wait=lambda _: None)


def answering(**lists: Any) -> Callable[[Request], Response]:
    """An account with these lists, each at the last word of its address."""

    def answer(request: Request) -> Response:
        found = lists.get(request.path.rpartition("/")[2], [])
        return found if isinstance(found, Response) else told({"data": found})

    return answer


def taken(app: Flask, answer: Callable[[Request], Response]) -> tuple[dict[str, int], list[str]]:
    """What was counted, and what was said."""
    said: list[str] = []
    with speaking(answer) as url, app.app_context():
        return dict(take_over(source_at(url), said.append)), said


@pytest.mark.parametrize("content", [b"<html>Sign in</html>", b"[]", b"\xff", b"{}", b'{"data": 1}', b'{"data": [1]}'])
def test_what_is_no_account_is_told_in_a_sentence(content: bytes) -> None:
    with speaking(lambda _: Response(content)) as url, pytest.raises(NotRead, match="Is it the address of an account"):
        list(source_at(url).rows("/cases"))


def test_of_where_the_next_page_is_nothing_but_its_number_is_used() -> None:
    asked: list[str] = []

    def answer(request: Request) -> Response:
        asked.append(request.full_path)
        following = '<https://eve.test/secrets?key=1&offset=100>; rel="next"'
        return told({"data": [{"id": 1}]}, Link=following if len(asked) == 1 else "")

    with speaking(answer) as url:
        assert len(list(source_at(url).rows("/cases"))) == 2
    assert asked[1] == "/api/v1/cases?limit=100&offset=100"


@pytest.mark.parametrize(
    "link", ["", "nonsense", '<x?offset=-1>; rel="next"', '<http://[>; rel="next"', '<>; rel="next"']
)
def test_without_a_next_page_that_can_be_read_a_list_is_at_its_end(link: str) -> None:
    with speaking(lambda _: told({"data": [{"id": 1}]}, Link=link)) as url:
        assert len(list(source_at(url).rows("/cases"))) == 1


def test_pages_that_lead_around_in_a_circle_are_given_up() -> None:
    def answer(request: Request) -> Response:
        other = 4 if request.args.get("after_id") == "5" else 5
        return told({"data": [{"id": 1}]}, Link=f'<x?after_id={other}>; rel="next"')

    with speaking(answer) as url, pytest.raises(NotRead, match="never come to an end"):
        list(source_at(url).rows("/cases/1/posts"))


def test_pages_without_end_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MOST_PAGES", 3)

    def answer(request: Request) -> Response:
        further = int(request.args.get("offset", 0)) + 1
        return told({"data": [{"id": 1}]}, Link=f'<x?offset={further}>; rel="next"')

    with speaking(answer) as url, pytest.raises(NotRead, match="never come to an end"):
        list(source_at(url).rows("/cases"))


@pytest.mark.parametrize("number", [10**30, -1, 0, "7", None, 2.5])
def test_a_case_whose_id_is_no_number_is_told_in_a_sentence(app: Flask, number: Any) -> None:
    with pytest.raises(NotRead, match="whose id is no number"):
        taken(app, answering(cases=[{"id": number}]))


def test_users_who_cannot_be_read_are_left_out_and_the_others_come(app: Flask) -> None:
    odd: list[Any] = [{"id": "one"}, {}, {"id": 10**30}, {**UNA, "id": 3, "role": None}, {**UNA, "id": 5, "emails": 4}]
    counts, said = taken(app, answering(users=[*odd, {**UNA, "emails": [{"email": "una@customer.test"}]}]))
    assert (counts["users refused"], counts["users new"]) == (5, 1)
    assert sum("not written as Kayako writes it" in line for line in said) == 5, said


@pytest.mark.parametrize(
    "odd",
    [
        {"status": {"type": "LOST"}},
        {"status": None},
        {"requester": {"id": 99}},
        {"created_at": "yesterday"},
        {"created_at": "2026-01-01"},
        {"priority": {"level": "high"}},
        {"tags": [1]},
        {"custom_fields": [{"field": {"id": 1}}]},
    ],
)
def test_a_case_that_cannot_be_read_holds_up_no_other(app: Flask, odd: dict[str, Any]) -> None:
    counts, said = taken(app, answering(cases=[{**CASE, **odd}, {**CASE, "id": 8}], posts=[POST]))
    assert (counts["cases refused"], counts["cases new"]) == (1, 1), said
    assert any("cases: 7 was refused" in line for line in said)


def test_a_case_whose_posts_the_account_will_not_show_is_refused_alone(app: Flask) -> None:
    counts, said = taken(app, answering(cases=[CASE], posts=told({"status": 404}, 404)))
    assert counts["cases refused"] == 1
    assert any("7 was refused" in line and "HTTP 404" in line for line in said)


def test_what_only_happened_is_no_message(app: Flask) -> None:
    happened = {**POST, "id": 10, "creator": None, "original": {"id": 10, "resource_type": "activity"}}
    taken(app, answering(cases=[CASE], posts=[happened, POST]))
    with app.app_context():
        assert [one.body for one in db.session.query(Post)] == ["Hi"]


def test_a_case_with_posts_without_end_is_refused_alone(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "MOST_POSTS", 2)
    counts, said = taken(app, answering(cases=[CASE], posts=[POST] * 3))
    assert counts["cases refused"] == 1
    assert any("more than 2 posts" in line for line in said)


def test_a_file_that_stands_in_our_own_network_is_left_out(app: Flask) -> None:
    with speaking(lambda _: Response(b"secret")) as inside:
        file = {"id": 1, "name": "bill.pdf", "url_download": f"{inside}/metadata"}
        counts, _ = taken(app, answering(cases=[CASE], posts=[{**POST, "attachments": [file]}]))
    assert (counts["cases new"], counts["files that could not be had"]) == (1, 1)


@pytest.mark.parametrize("field", [{"type": "SELECT", "options": []}, {"type": "REGEX"}, {"type": "TEXT", "key": None}])
def test_a_field_that_cannot_be_had_here_is_told_and_the_cases_come(app: Flask, field: dict[str, Any]) -> None:
    own = {"id": 1, "key": "colour", "title": "Colour", **field}
    said = [{"field": {"id": 1}, "value": "red"}]
    counts, lines = taken(app, answering(fields=[own], cases=[{**CASE, "custom_fields": said}], posts=[POST]))
    assert (counts["fields refused"], counts["cases new"]) == (3, 1), lines


@on_both
@pytest.mark.parametrize("title", [None, 5, {}, [], "a\0b", "\ud800"])
def test_a_team_whose_title_is_none_is_told_and_the_others_come(app: Flask, title: Any) -> None:
    counts, said = taken(app, answering(teams=[{"id": "\x1b[2J", "title": "Fire"}, {"id": 2, "title": title}, TEAM]))
    assert (counts["teams refused"], counts["teams new"]) == (2, 1), said
    assert all(line.isprintable() for line in said)


@pytest.mark.parametrize("role", ["CUSTOMER", "OWNER"])
def test_nobody_gets_a_share_in_a_member_of_the_team(app: Flask, cast: Cast, role: str) -> None:
    both = [{"email": cast.olga.email, "is_primary": True}, {"email": EVE}]
    counts, _ = taken(app, answering(users=[{**UNA, "role": {"type": role}, "emails": both}]))
    assert counts["users known"] == 1
    with app.app_context():
        assert find_person(EVE) is None


@on_both
def test_names_that_are_too_long_are_cut(app: Flask) -> None:
    long = "x" * 300
    una = {**UNA, "full_name": long, "designation": long, "emails": [{"email": "una@customer.test"}]}
    rows = {"teams": [{"id": 3, "title": long}], "organizations": [{"id": 3, "name": long}], "users": [una]}
    counts, said = taken(app, answering(**rows))
    assert (counts["teams new"], counts["organizations new"], counts["users new"]) == (1, 1, 1), said


@pytest.mark.parametrize("url", ["shop.kayako.com", "ftp://shop.kayako.com", "https://", "http://["])
def test_what_is_no_address_is_told_at_once(environ: dict[str, str], url: str) -> None:
    with pytest.raises(Invalid, match=r"must be a whole one, such as https://shop\.kayako\.com"):
        source_at(url)
    words = ["import", "kayako", url, "--email", "olga@team.test", "--key", "ck_1"]
    run = CliRunner(env=environ).invoke(casey, words)
    assert (run.exit_code, run.output.startswith("Error: The address")) == (1, True), run.output

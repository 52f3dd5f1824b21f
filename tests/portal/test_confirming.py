"""The confirmation page."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from time_machine import travel

from app.cases.queries import case_by_uuid
from app.clock import now
from app.people.persons import block_person, find_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in

pytestmark = pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")


@pytest.fixture
def link(api: Api, work: Worker, outside: Outside) -> str:
    """The link in the mail that una got for her pending case."""
    api.opened(UNA)
    work()
    return link_in(outside.inbox(UNA)[0], "/confirm/")


def test_looking_at_the_page_a_hundred_times_confirms_nothing(
    app: Flask, api: Api, link: str, work: Worker, outside: Outside
) -> None:
    for _ in range(100):
        scanner = Browser(app)
        assert scanner.open(link).status_code == 200
        assert scanner.client.head(link).status_code == 303
    work()
    assert api.get("/cases").json["items"] == []
    assert outside.inbox(BEN) == []


def test_pressing_the_button_confirms_and_only_then_the_team_is_told(
    app: Flask, api: Api, link: str, work: Worker, outside: Outside
) -> None:
    browser = Browser(app)
    assert "Was it you" in browser.open(link).text
    assert browser.submit().status_code == 200
    work()
    assert len(api.get("/cases").json["items"]) == 1
    assert len(outside.inbox(BEN)) == 1


def test_pressing_it_twice_says_so_and_changes_nothing(app: Flask, link: str, work: Worker, outside: Outside) -> None:
    browser = Browser(app)
    form = browser.open(link)
    browser.submit()
    browser.page = form
    assert "confirmed this before" in browser.submit().text
    assert "confirmed this before" in Browser(app).open(link).text
    work()
    assert len(outside.inbox(BEN)) == 1


def test_whoever_was_blocked_since_cannot_confirm(app: Flask, api: Api, link: str, work: Worker) -> None:
    browser = Browser(app)
    browser.open(link)
    with app.app_context(), transaction():
        una = find_person(UNA)
        assert una is not None
        block_person(una, by=None)
    assert browser.submit().status_code == 410
    work()
    assert api.get("/cases").json["items"] == []


def test_an_expired_code_has_its_page(app: Flask, link: str) -> None:
    with travel(now() + timedelta(days=8), tick=False):
        page = Browser(app).open(link)
    assert page.status_code == 410
    assert "expired" in page.text


def test_an_unknown_code_has_its_page(app: Flask) -> None:
    page = Browser(app).open("/confirm/never-given-to-anybody")
    assert page.status_code == 404
    assert "not known" in page.text


def test_what_was_asked_is_shown_as_text_alone(app: Flask, link: str) -> None:
    page = Browser(app).open(link).text
    assert "I found a bug" in page
    assert "It is over there!" in page


def test_a_link_that_was_never_used_says_when_the_case_is_confirmed_already(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    opened = api.opened(UNA)
    work()
    link = link_in(outside.inbox(UNA)[-1], "/confirm/")
    with app.app_context(), transaction():
        case_by_uuid(UUID(opened["uuid"])).confirmed_at = now()
    assert "This is confirmed already" in Browser(app).open(link).text


def test_a_case_in_the_trash_no_longer_waits(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    opened = api.opened(UNA)
    work()
    browser = Browser(app)
    browser.open(link_in(outside.inbox(UNA)[-1], "/confirm/"))
    with app.app_context(), transaction():
        case_by_uuid(UUID(opened["uuid"])).trashed_at = now()
    page = browser.submit()
    assert page.status_code == 410
    assert "This no longer needs to be confirmed" in page.text


def test_the_code_leaves_the_address_bar(app: Flask, link: str) -> None:
    code = link.rpartition("/")[2]
    browser = Browser(app)
    page = browser.open(link)
    assert page.request.path == "/confirm"
    assert code not in page.text
    cookie = browser.client.get_cookie("casey_confirm", path="/confirm")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/confirm")
    assert code not in cookie.value


def test_a_forged_form_confirms_nothing(app: Flask, api: Api, link: str) -> None:
    browser = Browser(app)
    browser.open(link)
    assert browser.post("/confirm").status_code == 422
    assert api.get("/cases").json["items"] == []


def test_the_page_without_its_link_says_how_to_come_back(app: Flask) -> None:
    page = Browser(app).open("/confirm")
    assert page.status_code == 404
    assert "link in your mail" in page.text

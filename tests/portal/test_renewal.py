"""The page of a link that has ended, where a new one can be asked for."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from app.cases.link_requests import MOST_AT_A_TIME, LinkRequest
from app.clock import now
from app.extensions import db
from app.jobs.mail import sweep_link_requests
from tests.api_client import Api
from tests.cast import EVE, UNA
from tests.conftest import Worker, on_both
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in


@pytest.fixture
def link(api: Api, work: Worker, outside: Outside) -> str:
    """una's link to a case of hers."""
    api.opened(UNA)
    work()
    return link_in(outside.inbox(UNA)[0], "/c/")


@pytest.fixture
def later(link: str) -> Iterator[None]:
    """The day on which it has ended."""
    with travel(now() + timedelta(days=91), tick=False):
        yield


def ask(app: Flask, link: str, address: str) -> tuple[int, str]:
    browser = Browser(app)
    browser.open(link)
    answer = browser.submit(address=address)
    return answer.status_code, answer.text


@on_both
@pytest.mark.usefixtures("later")
def test_she_gets_a_new_link_which_opens_her_case(app: Flask, link: str, work: Worker, outside: Outside) -> None:
    before = len(outside.inbox(UNA))
    una = Browser(app)
    page = una.open(link)
    assert (page.status_code, page.request.path) == (410, "/new-link")
    assert "expired" in page.text
    assert "Please look into your mail" in una.submit(address=UNA.upper()).text
    work()
    [mail] = outside.inbox(UNA)[before:]
    assert "It is over there!" in una.open(link_in(mail, "/c/")).text
    with app.app_context():
        assert db.session.scalars(select(LinkRequest)).all() == []


@pytest.mark.usefixtures("later")
def test_the_answer_is_the_same_for_known_and_unknown_addresses(
    app: Flask, link: str, work: Worker, outside: Outside
) -> None:
    assert ask(app, link, UNA) == ask(app, link, EVE) == ask(app, link, "nobody@elsewhere.test")
    work()
    assert outside.inbox(EVE) == outside.inbox("nobody@elsewhere.test") == []


@pytest.mark.usefixtures("later")
def test_one_address_is_mailed_three_links_an_hour(app: Flask, link: str, work: Worker, outside: Outside) -> None:
    before = len(outside.inbox(UNA))
    for _ in range(6):
        ask(app, link, UNA)
        work()
    assert len(outside.inbox(UNA)) - before == 3


@pytest.mark.usefixtures("later")
def test_whoever_asks_for_ever_leaves_no_more_than_a_few_wishes_behind(app: Flask, link: str) -> None:
    for number in range(MOST_AT_A_TIME + 5):
        assert ask(app, link, f"nobody{number}@elsewhere.test")[0] == 200
    with app.app_context():
        assert len(db.session.scalars(select(LinkRequest)).all()) == MOST_AT_A_TIME
        sweep_link_requests()
        assert db.session.scalars(select(LinkRequest)).all() == []


@pytest.mark.usefixtures("later")
def test_what_is_no_address_is_said_beside_its_field(app: Flask, link: str) -> None:
    status, text = ask(app, link, "una")
    assert status == 422
    assert "This is not a valid e-mail address" in text


def test_without_a_link_that_was_good_once_nothing_can_be_asked(app: Flask) -> None:
    assert Browser(app).open("/new-link").status_code == 404
    assert Browser(app).post("/new-link", address=UNA).status_code == 404


@pytest.mark.usefixtures("later")
def test_looking_at_it_asks_for_nothing(app: Flask, link: str) -> None:
    for _ in range(50):
        Browser(app).open(link)
        Browser(app).client.head(link)
    with app.app_context():
        assert db.session.scalars(select(LinkRequest)).all() == []

"""Whether an answer helped: a customer says so of a single message on his page."""

from typing import Any

import pytest
from flask import Flask

from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in


@pytest.fixture
def case(api: Api, work: Worker) -> Any:
    """A case of una's that ben has answered."""
    opened = api.opened(UNA)
    api.post(f"/cases/{opened['uuid']}/messages", {"from": BEN, "message": "Try the switch."})
    work()
    return opened


@pytest.fixture
def una(app: Flask, case: Any, outside: Outside) -> Browser:
    """una's browser, on the page of her case."""
    browser = Browser(app)
    browser.open(link_in(outside.inbox(UNA)[0], "/c/"))
    return browser


def ratings(api: Api, case: Any) -> list[tuple[str, str]]:
    """The scores and comments of the case's messages."""
    found = api.get(f"/cases/{case['uuid']}").json["ratings"]
    return [(one["score"], one["comment"]) for one in found if one["message"]]


@on_both
def test_a_customer_says_whether_an_answer_helped_and_says_so_anew(api: Api, case: Any, una: Browser) -> None:
    assert una.page is not None
    assert una.page.text.count("Was this answer helpful?") == 1
    page = una.press("/helpful", score="high")
    assert page.status_code == 200
    assert 'value="high" aria-pressed="true"' in page.text
    assert ratings(api, case) == [("high", "")]
    page = una.press("/helpful", score="low")
    assert 'value="low" aria-pressed="true"' in page.text
    una.press("/helpful", score="low")
    assert ratings(api, case) == [("low", "")]
    assert len(api.get("/events?name=message_rated").json["items"]) == 2


def test_what_was_said_beside_a_score_stays(api: Api, case: Any, una: Browser) -> None:
    message = api.get(f"/cases/{case['uuid']}").json["messages"][-1]["uuid"]
    path = f"/cases/{case['uuid']}/messages/{message}/ratings"
    api.post(path, {"from": UNA, "score": "low", "comment": "Which switch?"})
    una.press("/helpful", score="high")
    assert ratings(api, case) == [("high", "Which switch?")]


@pytest.mark.settings(CASEY_CASE_RATING="cases")
def test_nobody_is_asked_where_messages_are_not_rated(una: Browser) -> None:
    assert una.page is not None
    assert "Was this answer helpful?" not in una.page.text


def test_nothing_is_rated_without_the_token_of_the_page_or_by_get(api: Api, case: Any, una: Browser) -> None:
    message = api.get(f"/cases/{case['uuid']}").json["messages"][-1]["uuid"]
    path = f"/cases/{case['uuid']}/messages/{message}/helpful"
    assert "Please press the button once more." in una.post(path, score="high").text
    assert una.client.get(path).status_code == 405
    assert una.press("/helpful", score="wonderful").status_code == 200
    assert ratings(api, case) == []


def test_only_an_answer_of_ones_own_case_is_rated(app: Flask, api: Api, case: Any, una: Browser) -> None:
    other = api.opened("max@customer.test")
    answer = api.post(f"/cases/{other['uuid']}/messages", {"from": BEN, "message": "Hello."}).json["uuid"]
    own = api.get(f"/cases/{case['uuid']}").json["messages"][0]["uuid"]
    for message, status in ((answer, 404), (own, 409)):
        page = una.submit_to(f"/cases/{case['uuid']}/messages/{message}/helpful", score="high")
        assert page.status_code == status
        una.open(f"/cases/{case['uuid']}")
    assert ratings(api, case) == []


def test_the_page_of_the_team_by_link_asks_nothing(app: Flask, case: Any, outside: Outside) -> None:
    browser = Browser(app)
    assert "Was this answer helpful?" not in browser.open(link_in(outside.inbox(BEN)[-1], "/c/")).text

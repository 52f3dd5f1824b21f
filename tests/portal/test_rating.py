"""The rating page, and the mail that asks for it."""

import re

import pytest
from flask import Flask

from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in

SCORES = ("high", "middle", "low")


@pytest.fixture
def case(api: Api, work: Worker) -> str:
    """A case of una's on which ben has answered."""
    case = str(api.opened(UNA)["uuid"])
    api.post(f"/case/{case}/messages", {"from": BEN, "message": "It is fixed."})
    work()
    return case


def close(api: Api, case: str, work: Worker) -> None:
    assert api.post(f"/case/{case}/close").status_code == 200
    work()


def ratings(api: Api, case: str) -> list[tuple[str, str]]:
    return [(one["score"], one["comment"]) for one in api.get(f"/case/{case}").json["ratings"]]


@pytest.fixture
def links(api: Api, case: str, work: Worker, outside: Outside) -> dict[str, str]:
    """What leads to the page, by the score, as una's mail has it."""
    close(api, case, work)
    mail = outside.inbox(UNA)[-1]
    return {score: link_in(mail, f"/r/[^/]*/{score}") for score in SCORES}


asks = pytest.mark.settings(CASEY_CASE_ASK_RATING="true")


@asks
@on_both
def test_one_click_brings_the_choice_along_and_one_button_gives_it(
    app: Flask, api: Api, case: str, links: dict[str, str]
) -> None:
    una = Browser(app)
    page = una.open(links["middle"])
    assert page.request.path == f"/cases/{case}/rating/middle"
    assert re.search(r'<input checked[^>]*value="middle"', page.text)
    assert ratings(api, case) == []
    page = una.submit_to(page.request.path, score="middle", comment="Fine.")
    assert "Your rating is with our team: All right" in page.text
    assert ratings(api, case) == [("middle", "Fine.")]


@asks
def test_looking_a_hundred_times_rates_nothing(app: Flask, api: Api, case: str, links: dict[str, str]) -> None:
    for _ in range(34):
        for link in links.values():
            scanner = Browser(app)
            assert scanner.open(link).status_code == 200
            assert scanner.client.head(link).status_code == 303
    assert ratings(api, case) == []


@asks
def test_a_second_time_says_so_and_lets_it_be_changed(app: Flask, api: Api, case: str, links: dict[str, str]) -> None:
    una = Browser(app)
    una.open(links["high"])
    una.submit_to(f"/cases/{case}/rating/high", score="high", comment="Great.")
    page = una.open(links["low"])
    assert "You have rated this on" in page.text
    assert "Very good. If you send it again" in page.text
    assert "Great.</textarea>" in page.text
    una.submit_to(f"/cases/{case}/rating/low", score="low", comment="")
    assert ratings(api, case) == [("low", "")]


@asks
def test_a_form_of_another_site_or_another_score_rates_nothing(
    app: Flask, api: Api, case: str, links: dict[str, str]
) -> None:
    una = Browser(app)
    una.open(links["high"])
    assert una.post(f"/cases/{case}/rating/high", score="high").status_code == 422
    una.open(links["high"])
    assert una.submit_to(f"/cases/{case}/rating/high", score="endless").status_code == 422
    assert una.open(f"/cases/{case}/rating/endless").status_code == 404
    assert Browser(app).open(f"/cases/{case}/rating/high").status_code == 404
    assert Browser(app).open("/r/never-given-to-anybody/high").status_code == 404
    assert ratings(api, case) == []


@asks
def test_she_is_asked_once_and_only_for_what_the_team_has_closed(
    app: Flask, api: Api, case: str, work: Worker, outside: Outside
) -> None:
    def asked() -> int:
        return sum("How was our help?" in one.get_content() for one in outside.inbox(UNA))

    una = Browser(app)
    una.open(link_in(outside.inbox(UNA)[0], "/c/"))
    una.press("/close")
    work()
    assert asked() == 0
    for _ in range(2):
        api.post(f"/case/{case}/reopen")
        close(api, case, work)
    assert asked() == 1


@pytest.mark.settings(CASEY_CASE_ASK_RATING="true", CASEY_CASE_RATING="messages")
def test_where_cases_are_not_rated_nobody_is_asked(
    app: Flask, api: Api, case: str, work: Worker, outside: Outside
) -> None:
    close(api, case, work)
    assert "How was our help?" not in outside.inbox(UNA)[-1].get_content()
    una = Browser(app)
    assert "How was our help?" not in una.open(link_in(outside.inbox(UNA)[0], "/c/")).text
    assert una.open(f"/cases/{case}/rating/high").status_code == 409


def test_unless_it_is_wanted_nobody_is_asked(api: Api, case: str, work: Worker, outside: Outside) -> None:
    before = len(outside.inbox(UNA))
    close(api, case, work)
    assert len(outside.inbox(UNA)) == before


def test_from_the_page_of_a_closed_case_it_can_be_rated_too(
    app: Flask, api: Api, case: str, work: Worker, outside: Outside
) -> None:
    una = Browser(app)
    assert "How was our help?" not in una.open(link_in(outside.inbox(UNA)[0], "/c/")).text
    close(api, case, work)
    assert f'href="/cases/{case}/rating/high"' in una.open(f"/cases/{case}").text
    una.open(f"/cases/{case}/rating/high")
    una.submit_to(f"/cases/{case}/rating/high", score="high", comment="zero \x00")
    assert ratings(api, case) == [("high", "zero \ufffd")]


@asks
def test_the_secret_of_her_link_reaches_nobody_else(
    app: Flask, api: Api, case: str, links: dict[str, str], work: Worker, outside: Outside
) -> None:
    secret = links["high"].split("/")[-2]
    una = Browser(app)
    una.open(link_in(outside.inbox(UNA)[0], "/c/"))
    una.submit(message=f"What is {links['high']} for?")
    work()
    mail = outside.inbox(BEN)[-1].get_content()
    assert "What is" in mail
    assert secret not in mail

"""The queue of the team: filters with counts, a list, a search."""

import pytest
from flask import Flask

from app.cases.queue import LONG
from app.people.languages import LANGUAGES
from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import on_both
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in
from tests.queries import queries


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Browser:
    """ben's browser."""
    return signed_in(app, BEN)


def at(browser: Browser, address: str) -> str:
    """What stands there."""
    browser.page = browser.client.get(address)
    assert browser.page.status_code == 200, browser.page.text
    return browser.page.text


@on_both
def test_the_queue_tells_what_one_needs_to_know_of_a_case(api: Api, ben: Browser) -> None:
    case = api.opened(UNA, subject="The lamp is broken")
    api.patch(f"/cases/{case['uuid']}", {"priority": "critical"})
    api.post(f"/cases/{case['uuid']}/tags", {"tags": ["lamps"]})
    page = at(ben, "/team")
    for words in (
        "The lamp is broken",
        case["reference"],
        "Una Customer",
        "Critical",
        "lamps",
        "with nobody yet",
        "1 new",
    ):
        assert words in page, words
    assert f'href="/team/cases/{case["uuid"]}"' in page


def test_filters_say_how_many_cases_they_find(api: Api, cast: Cast, ben: Browser) -> None:
    case = api.opened(UNA, subject="For ben")
    api.opened(UNA, subject="For nobody")
    api.post(f"/cases/{case['uuid']}/assign", {"person": str(cast.ben.uuid)})
    page = at(ben, "/team?filter=mine")
    assert "For ben" in page
    assert "For nobody" not in page
    assert [f'>{name}</span> <span class="aside">{count}<' in page for name, count in (("Open", 2), ("Mine", 1))] == [
        True,
        True,
    ]


def test_saved_filters_stand_beside_those_that_come_with_casey(api: Api, cast: Cast, ben: Browser) -> None:
    api.opened(UNA, subject="In Swedish")
    his = api.as_(cast.keys["ben"]).post("/filters", {"name": "Sv <3", "query": {"language": "sv"}}).json
    page = at(ben, f"/team?filter={his['key']}")
    assert "Sv &lt;3" in page
    assert "There are no such cases." in page


def test_a_filter_of_somebody_else_and_one_that_is_gone_show_the_open_cases(api: Api, ben: Browser) -> None:
    api.opened(UNA, subject="Still here")
    his = api.post("/filters", {"name": "Hers alone", "query": {}}).json
    for key in (his["key"], "nonsense", "open&cursor=nonsense"):
        page = at(ben, f"/team?filter={key}")
        assert "This filter is not there any more" in page
        assert "Still here" in page
        assert "Hers alone" not in page


def test_a_long_queue_has_pages_and_costs_the_same(app: Flask, api: Api, ben: Browser) -> None:
    api.opened(UNA, subject="Case number 0")
    at(ben, "/team")
    with queries(app) as few:
        at(ben, "/team")
    for number in range(1, LONG + 2):
        api.opened(f"una{number}@customer.test", subject=f"Case number {number}")
    with queries(app) as many:
        page = at(ben, "/team")
    assert len(many) <= len(few) <= 15
    assert page.count('class="subject"') == LONG
    following = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    page = at(ben, following)
    assert "Case number 0" in page
    assert page.count('class="subject"') == 2


def test_words_are_searched_for(api: Api, ben: Browser) -> None:
    api.opened(UNA, subject="The lamp <b>", message="Its <i>filament</i> is broken.")
    page = at(ben, "/team?q=filament")
    assert "The lamp &lt;b&gt;" in page
    assert "<mark>filament</mark>" in page
    assert "Nothing was found." in at(ben, "/team?q=elephant")
    assert "This must hold a word" in at(ben, "/team?q=***")


def test_an_empty_queue_is_said_to_be_empty(ben: Browser) -> None:
    assert "There is nothing here. Well done." in at(ben, "/team")
    assert "There are no such cases." in at(ben, "/team?filter=spam")


@pytest.mark.parametrize("language", ["de", "es", "fr", "ru", "sv"])
def test_the_queue_speaks_the_language_of_its_reader(api: Api, cast: Cast, ben: Browser, language: str) -> None:
    api.opened(UNA)
    assert language in {one.code for one in LANGUAGES}
    api.patch(f"/persons/{cast.ben.uuid}", {"language": language})
    page = at(ben, "/team")
    assert f'<html lang="{language}"' in page
    assert "Unassigned" not in page


def test_nobody_but_the_team_sees_it(app: Flask, api: Api, cast: Cast) -> None:
    assert Browser(app).open("/team").request.path == "/team/sign-in"
    browser = signed_in(app, AMY)
    assert browser.open("/team").request.path == "/team"
    api.patch(f"/persons/{cast.amy.uuid}", {"role": "customer"})
    assert browser.open("/team").request.path == "/team/sign-in"

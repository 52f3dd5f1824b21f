"""Two browsers on one case: what one of them does appears on the page of the other, and disturbs nobody who writes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from app.people.persons import find_person
from app.people.sessions import begin_session
from app.transaction import transaction
from tests.api_client import Api
from tests.browser.axe import found_by_axe
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker
from tests.sandbox import Outside, link_in
from tests.servers.valkey import Valkey

pytestmark = pytest.mark.browser

# A page that is told of something has fetched itself long before that.
SOON = 10_000
STAYED = "window.stayed"


@pytest.fixture
def environ(environ: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """A house with a store."""
    with Valkey(tmp_path) as server:
        yield {**environ, "REDIS_URL": server.url}


@pytest.fixture
def case(api: Api, site: str, work: Worker) -> str:
    """una's case, of which she has her mail."""
    uuid = str(api.opened(UNA, message="It burns!")["uuid"])
    work()
    return uuid


@pytest.fixture
def una(chromium: Browser, case: str, outside: Outside) -> Iterator[Page]:
    """una, at the page of her case, which is up to date from now on."""
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        opened(page, link_in(outside.inbox(UNA)[0], "/c/"))
        yield page


@pytest.fixture
def ben(app: Flask, cast: Cast, chromium: Browser, site: str) -> Iterator[Page]:
    """ben at his desk, signed in."""
    with app.app_context(), transaction():
        person = find_person(BEN)
        assert person is not None
        _, secret = begin_session(person, browser="a desk", ip_address=None)
    with chromium.new_context(viewport={"width": 1280, "height": 800}, base_url=site) as context:
        context.add_cookies([{"name": "casey_team", "value": secret, "domain": "127.0.0.1", "path": "/team"}])
        yield context.new_page()


def opened(page: Page, address: str) -> None:
    """Open a page and wait for its stream; from then on it says whether it was loaded again."""
    with page.expect_response(lambda answer: answer.url.partition("?")[0].endswith("/live")) as found:
        page.goto(address)
    assert found.value.status == 200
    page.evaluate(f"{STAYED} = true")


def stayed(page: Page) -> bool:
    """Whether the page has not been loaded again."""
    return bool(page.evaluate(STAYED))


def answer(api: Api, case: str, text: str, address: str = BEN) -> None:
    api.post(f"/cases/{case}/messages", {"from": address, "message": text})


def looks(page: Page) -> list[str]:
    """The addresses that a page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    return asked


def test_an_answer_appears_on_the_page_of_the_customer_who_is_told_politely(api: Api, case: str, una: Page) -> None:
    answer(api, case, "Where is it?")
    expect(una.locator("#latest")).to_contain_text("Where is it?", timeout=SOON)
    expect(una.locator(".live")).to_have_text("A new answer has arrived.")
    expect(una.locator(".status")).to_have_text("It is your turn to answer")
    assert una.locator("#latest").count() == una.locator("h1").count() == 1
    assert found_by_axe(una) == ""
    assert api.post(f"/cases/{case}/close").status_code == 200
    expect(una.locator(".status")).to_have_text("Closed", timeout=SOON)
    expect(una.get_by_role("button", name="Open the case again")).to_be_visible()
    assert stayed(una)


def test_a_note_does_not_make_her_page_look(api: Api, case: str, una: Page) -> None:
    asked = looks(una)
    api.post(f"/cases/{case}/notes", {"from": BEN, "note": "She is right."})
    answer(api, case, "It is over there.")
    expect(una.locator("#latest")).to_contain_text("over there", timeout=SOON)
    assert [one.rpartition("/")[2] for one in asked] == [case]


def test_what_she_types_and_has_opened_stays(api: Api, case: str, una: Page) -> None:
    una.get_by_label("Your message").press_sequentially("Half a ")
    una.get_by_text("This is not mine", exact=True).click()
    una.get_by_label("Your message").focus()
    answer(api, case, "Where is it?")
    expect(una.locator("#latest")).to_contain_text("Where is it?", timeout=SOON)
    expect(una.get_by_label("Your message")).to_be_focused()
    una.keyboard.type("sentence")
    expect(una.get_by_label("Your message")).to_have_value("Half a sentence")
    expect(una.get_by_role("button", name="This is not mine, take me out")).to_be_visible()
    assert api.post(f"/cases/{case}/close").status_code == 200
    expect(una.locator(".status")).to_have_text("Closed", timeout=SOON)
    expect(una.get_by_label("Your message")).to_have_value("Half a sentence")
    una.get_by_role("button", name="Send", exact=True).click()
    expect(una.locator("#latest")).to_contain_text("Half a sentence")
    expect(una.locator(".status")).to_have_text("It is our turn to answer")


def test_the_team_sees_what_she_writes_and_has_read_it_after_a_moment(
    api: Api, case: str, una: Page, ben: Page
) -> None:
    opened(ben, f"/team/cases/{case}")
    una.get_by_label("Your message").fill("It is under the table.")
    una.get_by_role("button", name="Send", exact=True).click()
    expect(ben.locator("#latest")).to_contain_text("under the table", timeout=SOON)
    expect(ben.locator(".live")).to_have_text("Something new has been written.")
    expect(ben.get_by_role("button", name="Mark as read")).to_be_hidden(timeout=SOON)
    ben.get_by_text("Write a note").click()
    ben.locator("textarea[name=note]").fill("She is right.")
    ben.get_by_role("button", name="Keep the note").click()
    expect(ben.locator("#latest")).to_contain_text("She is right.")
    ben.locator("textarea[name=message]").fill("I see.")
    ben.get_by_role("button", name="Send", exact=True).click()
    expect(una.locator("#latest")).to_contain_text("I see.", timeout=SOON)
    expect(una.get_by_text("She is right.")).to_have_count(0)
    expect(ben.locator(".message")).to_have_count(4)
    ben.goto("/team")
    expect(ben.locator(".queue .unread")).to_have_count(0)


def test_the_queue_shows_a_new_case_and_leaves_the_focus_where_it_is(api: Api, case: str, ben: Page) -> None:
    opened(ben, "/team")
    ben.keyboard.press("j")
    expect(ben.locator(":focus")).to_have_count(1)
    focused = ben.locator(":focus").inner_text()
    api.opened(UNA, subject="It smokes")
    expect(ben.locator(".queue .subject").first).to_have_text("It smokes", timeout=SOON)
    expect(ben.locator(":focus")).to_have_text(focused)
    expect(ben.locator(".live")).to_have_text("A case has come in.")
    ben.keyboard.press("k")
    expect(ben.locator(":focus")).to_have_text("It smokes")
    assert stayed(ben)


def test_a_message_stands_in_its_place_while_it_is_sent_and_is_written_once(api: Api, case: str, una: Page) -> None:
    held: list[Route] = []
    una.route("**/cases/*", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    una.get_by_label("Your message").fill("Under the table.")
    una.get_by_role("button", name="Send", exact=True).click()
    sending = una.locator(".message.sending")
    expect(sending).to_contain_text("Under the table.")
    expect(sending).to_contain_text("It is being sent.")
    expect(una.get_by_label("Your message")).to_have_value("")
    assert "Under the table." in str(una.evaluate("Object.values(localStorage).join()"))
    una.get_by_role("button", name="Send", exact=True).click()
    assert len(held) == 1
    answer(api, case, "Where is it?")
    held[0].continue_()
    expect(una.locator("#latest")).to_contain_text("Under the table.")
    expect(sending).to_have_count(0)
    expect(una.get_by_text("Where is it?")).to_have_count(1)
    expect(una.get_by_text("Under the table.")).to_have_count(1)
    assert una.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        ({"status": 429, "body": '<main><p class="lead">Please wait a minute.</p></main>'}, "Please wait a minute."),
        ({"status": 502, "body": ""}, "This could not be sent. Please check your connection and try again."),
        (None, "This could not be sent. Please check your connection and try again."),
    ],
)
def test_what_could_not_be_sent_comes_back_with_why(case: str, una: Page, refusal: Any, said: str) -> None:
    def refuse(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
        elif refusal:
            route.fulfill(content_type="text/html", **refusal)
        else:
            route.abort()

    una.route("**/cases/*", refuse)
    una.get_by_label("Your message").fill("Under the table.")
    una.get_by_role("button", name="Send", exact=True).click()
    expect(una.locator("form[data-reply] [role=status]")).to_have_text(said)
    expect(una.get_by_label("Your message")).to_have_value("Under the table.")
    expect(una.locator(".sending")).to_have_count(0)
    una.unroute("**/cases/*")
    una.get_by_role("button", name="Send", exact=True).click()
    expect(una.locator("#latest")).to_contain_text("Under the table.")
    expect(una.locator(".message")).to_have_count(2)


def test_a_page_that_nobody_looks_at_has_no_stream(api: Api, case: str, una: Page) -> None:
    hide = "Object.defineProperty(document, 'visibilityState', {value: '%s', configurable: true});"
    told = "document.dispatchEvent(new Event('visibilitychange'))"
    una.evaluate(hide % "hidden" + told)
    asked = looks(una)
    answer(api, case, "Where is it?")
    assert asked == []
    una.evaluate(hide % "visible" + told)
    expect(una.locator("#latest")).to_contain_text("Where is it?", timeout=SOON)
    assert stayed(una)

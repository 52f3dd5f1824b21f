"""The contact form: anybody may fill it in, and only its address can make a case of it."""

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from time_machine import Traveller, travel
from werkzeug.test import TestResponse

from app.clock import now
from app.config import deployed
from app.people.persons import block_person, find_or_create_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.portal.browser import Browser
from tests.queries import queries
from tests.sandbox import Outside, link_in

pytestmark = pytest.mark.settings(CASEY_CONTACT_FORM="true")

TEA = {"key": "green", "title": "Green"}
SAID = {"name": "Una", "subject": "It burns", "message": "There is smoke."}


@pytest.fixture
def clock() -> Iterator[Traveller]:
    """Time stands still until somebody moves it."""
    with travel(now(), tick=False) as traveller:
        yield traveller


def filled(
    app: Flask, clock: Traveller, /, *, wait: float = 10, network: str = "127.0.0.1", **said: object
) -> TestResponse:
    """Open the form, take some time, and send it."""
    form = app.test_client().get("/new", environ_base={"REMOTE_ADDR": network})
    clock.shift(wait)
    return sent(app, form, network=network, **said)


def sent(
    app: Flask, form: TestResponse, *, network: str = "127.0.0.1", language: str = "en", **said: object
) -> TestResponse:
    """Fill in the form on this page, and press its button."""
    token = re.search(r'name="token"[^>]*value="([^"]+)"', form.text)
    assert token
    values = {**SAID, "address": "new@customer.test", "token": token[1], **said}
    browser = app.test_client()
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    browser.environ_base["REMOTE_ADDR"] = network
    return browser.post("/new", data=values, follow_redirects=True)


@on_both
def test_a_message_becomes_a_case_once_its_address_has_confirmed_it(
    app: Flask, api: Api, clock: Traveller, work: Worker, outside: Outside
) -> None:
    page = filled(app, clock, files=(BytesIO(b"The plan."), "plan.txt"))
    assert page.request.path == "/new/sent"
    assert "look into your mailbox" in page.text
    work()
    assert api.get("/cases").json["items"] == []
    assert outside.inbox(BEN) == []
    confirming = Browser(app)
    confirming.open(link_in(outside.inbox("new@customer.test")[0], "/confirm/"))
    confirming.submit()
    [case] = api.get("/cases").json["items"]
    [message] = api.get(f"/case/{case['uuid']}").json["messages"]
    assert (case["subject"], message["message"]) == ("It burns", "There is smoke.")
    assert [one["name"] for one in message["attachments"]] == ["plan.txt"]


@pytest.mark.parametrize("address", ["new@customer.test", UNA, BEN])
def test_the_answer_is_the_same_whoever_it_is(app: Flask, api: Api, clock: Traveller, address: str) -> None:
    page = filled(app, clock, address=address)
    assert (page.status_code, page.request.path) == (200, "/new/sent")
    assert address not in page.text


def test_a_program_that_fills_in_everything_is_answered_and_opens_nothing(
    app: Flask, api: Api, clock: Traveller, work: Worker, outside: Outside
) -> None:
    assert filled(app, clock, website="https://spam.test").request.path == "/new/sent"
    work()
    assert outside.inbox("new@customer.test") == []


def test_whoever_is_quicker_than_people_is_asked_to_press_again_and_loses_nothing(app: Flask, clock: Traveller) -> None:
    page = filled(app, clock, wait=1)
    assert page.status_code == 422
    assert "very quick" in page.text
    assert "There is smoke." in page.text


def test_a_form_is_good_once_and_for_a_while(
    app: Flask, api: Api, clock: Traveller, work: Worker, outside: Outside
) -> None:
    form = app.test_client().get("/new")
    clock.shift(10)
    for _ in range(2):
        assert sent(app, form).request.path == "/new/sent"
    work()
    assert len(outside.inbox("new@customer.test")) == 1
    clock.shift(timedelta(hours=5))
    page = sent(app, form)
    assert page.status_code == 422
    assert "open for too long" in page.text
    clock.shift(10)
    assert sent(app, page).request.path == "/new/sent"


def test_the_form_of_another_browser_is_not_taken(app: Flask, clock: Traveller) -> None:
    form = app.test_client().get("/new", headers={"User-Agent": "Other"})
    clock.shift(10)
    assert sent(app, form).status_code == 422
    assert sent(app, form, token="made-up").status_code == 422


def test_what_is_missing_or_wrong_is_said_beside_its_field(app: Flask, clock: Traveller) -> None:
    page = filled(app, clock, address="una at home", subject=" ", message="")
    assert page.status_code == 422
    for sentence in ("Please check this address", "Please say what it is about", "Please write something first"):
        assert sentence in page.text


def test_one_address_can_be_named_so_often_and_one_caller_can_write_so_often(
    app: Flask, api: Api, clock: Traveller, work: Worker, outside: Outside
) -> None:
    for _ in range(8):
        assert filled(app, clock, wait=61).request.path == "/new/sent"
    work()
    clock.shift(timedelta(days=2))
    work()
    assert len(outside.inbox("new@customer.test")) == 5
    statuses = [filled(app, clock, wait=4, address=f"a{number}@x.test").status_code for number in range(8)]
    assert statuses.count(429) >= 1


@on_both
def test_whoever_is_named_by_others_is_still_heard_from_where_he_is(app: Flask, api: Api, clock: Traveller) -> None:
    for _ in range(7):
        filled(app, clock, wait=61, network="198.51.100.1")
    filled(app, clock, network="203.0.113.2", subject="It was me.")
    waiting = [one["subject"] for one in api.get("/cases?state=pending").json["items"]]
    assert (len(waiting), "It was me." in waiting) == (6, True)


def test_a_mailbox_is_not_filled_from_many_networks(app: Flask, api: Api, clock: Traveller) -> None:
    for number in range(27):
        filled(app, clock, network=f"198.51.100.{number}")
    assert len(api.get("/cases?state=pending").json["items"]) == 25


@on_both
def test_as_much_is_done_for_the_team_and_the_blocked_as_for_everybody(
    app: Flask, api: Api, cast: Cast, clock: Traveller
) -> None:
    with app.app_context(), transaction():
        eve = find_or_create_person(EVE)
        block_person(eve, by=None)
    done = {}
    for address in (UNA, BEN, EVE):
        with queries(app) as found:
            filled(app, clock, wait=61, address=address, files=(BytesIO(address.encode()), "plan.txt"))
        done[address] = {one.split("(")[0].strip() for one in found if one.startswith("INSERT")}
        with app.app_context():
            assert (deployed().data_dir / "files").joinpath(*kept_at(address)).exists()
    for table in ("cases", "posts", "files", "attachments", "events"):
        assert all(f"INSERT INTO {table}" in one for one in done.values())
    assert len(api.get("/cases?state=pending").json["items"]) == 1
    with app.app_context():
        blocked = find_or_create_person(EVE)
        assert not blocked.active


def kept_at(content: str) -> tuple[str, str, str]:
    """Where a content lies."""
    digest = hashlib.sha256(content.encode()).hexdigest()
    return digest[:2], digest[2:4], digest


@pytest.mark.parametrize("path", ["/new", "/new/sent", "/widget.js"])
def test_without_the_setting_there_is_no_form(app: Flask, api: Api, path: str) -> None:
    assert app.test_client().get(path, buffered=True).status_code == 200
    api.post("/config", {"contactForm": False})
    assert app.test_client().get(path).status_code == 404


def test_what_is_said_in_the_fields_of_the_form_stands_on_the_case(
    app: Flask, api: Api, clock: Traveller, work: Worker, outside: Outside
) -> None:
    fields = (
        {"key": "order", "type": "number", "title": "Order", "required": True, "visible_to_customers": True},
        {"key": "tea", "type": "select", "title": "Tea", "visible_to_customers": True, "options": [TEA]},
        {"key": "gift", "type": "yes_no", "title": "Gift", "visible_to_customers": True},
        {"key": "secret", "type": "text", "title": "Only ours"},
    )
    for one in fields:
        assert api.post("/fields", {"level": "case", **one}).status_code == 201
    order, tea, gift = re.findall(r'<label for="(own_\d+)">', app.test_client().get("/new").text)
    assert "Only ours" not in app.test_client().get("/new").text
    assert "Please fill this in." in filled(app, clock, **{tea: "green"}).text
    assert "This must be a whole number." in filled(app, clock, **{order: "many"}).text
    assert filled(app, clock, **{order: "7", tea: "green", gift: "no"}).request.path == "/new/sent"
    work()
    confirming = Browser(app)
    confirming.open(link_in(outside.inbox("new@customer.test")[0], "/confirm/"))
    confirming.submit()
    [case] = api.get("/cases").json["items"]
    assert api.get(f"/case/{case['uuid']}").json["fields"] == {"order": 7, "tea": "green", "gift": False}


def test_whoever_is_new_here_is_mailed_in_the_language_of_the_form(
    app: Flask, api: Api, clock: Traveller, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    for address in ("new@customer.test", UNA):
        filled(app, clock, language="fr", address=address)
    work()
    assert "Veuillez confirmer votre demande" in outside.inbox("new@customer.test")[0]["Subject"]
    assert "Please confirm your request" in outside.inbox(UNA)[-1]["Subject"]

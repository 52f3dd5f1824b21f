"""The team signs in by a mailed link, and stays signed in for a while."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from app.clock import now
from app.extensions import db
from app.people.models import Person, Role
from app.people.persons import change_role, disable_person, enable_person
from app.people.sessions import IDLE, LONGEST, TeamSession
from app.people.signing_in import LIFETIME, MOST_OF_A_CLIENT, MOST_TO_AN_ADDRESS, SignIn
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in
from tests.queries import queries
from tests.sandbox import Outside, link_in
from tests.storage import contents

LINK = "/team/sign-in/"
DESK = "the secret of the browser at the desk"


def at_desk(app: Flask) -> Browser:
    """The browser in which links are asked for, and in which alone they open something."""
    browser = Browser(app)
    browser.client.set_cookie("casey_asked_with", DESK, path="/team/sign-in")
    return browser


def asked(app: Flask, address: str, next: str = "") -> Browser:
    """Somebody has asked for a link."""
    browser = at_desk(app)
    browser.open("/team/sign-in")
    browser.submit(address=address, next=next)
    return browser


@pytest.fixture
def link(app: Flask, cast: Cast, work: Worker, outside: Outside) -> str:
    """ben's link."""
    asked(app, BEN)
    work()
    return link_in(outside.inbox(BEN)[-1], LINK)


@on_both
def test_a_member_signs_in_by_a_mailed_link_and_out_again(app: Flask, link: str) -> None:
    browser = at_desk(app)
    assert "Welcome back, Ben Foo" in browser.open(link).text
    assert "You are signed in as Ben Foo." in browser.submit().text
    cookie = next(one for one in browser.client._cookies.values() if one.key == "casey_team")
    assert (cookie.path, cookie.http_only, cookie.same_site) == ("/team", True, "Lax")
    browser.press("/team/sign-out")
    assert browser.open("/team").request.path == "/team/sign-in"


@on_both
def test_everybody_gets_the_same_answer_and_only_members_get_a_mail(
    app: Flask, cast: Cast, work: Worker, outside: Outside
) -> None:
    statements, pages = [], []
    for address in (BEN, UNA, EVE):
        browser = Browser(app)
        browser.open("/team/sign-in")
        with queries(app) as found:
            page = browser.submit(address=address)
        statements.append([re.sub(r"\d+", "", one) for one in found])
        pages.append((page.status_code, page.text))
    assert pages[0] == pages[1] == pages[2]
    assert statements[0] == statements[1] == statements[2]
    work()
    assert [len(outside.inbox(one)) for one in (BEN, UNA, EVE)] == [1, 0, 0]


def test_looking_at_a_link_uses_nothing_up(app: Flask, link: str) -> None:
    before = contents(app)
    for _ in range(100):
        at_desk(app).open(link)
        app.test_client().head(link)
    assert contents(app) == before
    browser = at_desk(app)
    browser.open(link)
    assert "You are signed in" in browser.submit().text


def test_a_link_works_once_and_pressing_twice_leads_the_same_way(app: Flask, link: str) -> None:
    browser = at_desk(app)
    page = browser.open(link)
    browser.submit()
    browser.page = page
    assert "You are signed in" in browser.submit().text
    other = at_desk(app).open(link)
    assert other.status_code == 410
    assert "This link has been used" in other.text
    with app.app_context():
        assert len(db.session.scalars(select(TeamSession)).all()) == 1


def test_a_link_ends_by_itself_and_an_unknown_one_looks_the_same(app: Flask, link: str) -> None:
    unknown = at_desk(app).open(LINK + "x" * 43)
    with travel(now() + LIFETIME, tick=False):
        ended = at_desk(app).open(link)
    token = re.compile(r'value="[^"]+"')
    assert (ended.status_code, token.sub("", ended.text)) == (410, token.sub("", unknown.text))


def test_no_secret_is_stored(app: Flask, link: str) -> None:
    browser = at_desk(app)
    browser.open(link)
    browser.submit()
    cookie = next(one for one in browser.client._cookies.values() if one.key == "casey_team")
    stored = {name: rows for name, rows in contents(app).items() if name != "sandbox_emails"}
    assert link.rpartition("/")[2] not in repr(stored)
    assert cookie.value not in repr(stored)


def test_signing_in_anew_gives_another_session(app: Flask, cast: Cast, work: Worker, outside: Outside) -> None:
    browser = signed_in(app, BEN)
    browser.client.set_cookie("casey_asked_with", DESK, path="/team/sign-in")
    asked(app, BEN)
    work()
    browser.open(link_in(outside.inbox(BEN)[-1], LINK))
    browser.submit()
    with app.app_context():
        first, second = db.session.scalars(select(TeamSession).order_by(TeamSession.id))
        assert first.ended_at
        assert not second.ended_at


def test_after_signing_in_one_is_where_one_wanted_to_be(
    app: Flask, api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    browser = at_desk(app)
    browser.page = browser.client.get("/team?filter=mine", follow_redirects=True)
    assert browser.page.request.path == "/team/sign-in"
    browser.submit(address=BEN)
    work()
    browser.open(link_in(outside.inbox(BEN)[-1], LINK))
    assert browser.submit().request.full_path == "/team?filter=mine"


@pytest.mark.parametrize("next", ["https://evil.test/team", "//evil.test/team", "/teams", "/team/../c", "/\\evil.test"])
def test_one_is_never_led_elsewhere(app: Flask, cast: Cast, work: Worker, outside: Outside, next: str) -> None:
    asked(app, BEN, next)
    work()
    browser = at_desk(app)
    browser.open(link_in(outside.inbox(BEN)[-1], LINK))
    assert browser.submit().request.path == "/team"


def test_a_session_ends_when_it_lies_idle_and_after_a_while_in_any_case(app: Flask, cast: Cast) -> None:
    browser, began = signed_in(app, BEN), now()
    with travel(began + IDLE + timedelta(seconds=1), tick=False):
        assert browser.open("/team").request.path == "/team/sign-in"
    moment = began
    while moment + IDLE / 2 < began + LONGEST:
        moment += IDLE / 2
        with travel(moment, tick=False):
            assert browser.open("/team").request.path == "/team"
    with travel(began + LONGEST + timedelta(seconds=1), tick=False):
        assert browser.open("/team").request.path == "/team/sign-in"


@on_both
def test_a_session_ends_for_good_when_its_person_may_do_less(app: Flask, cast: Cast) -> None:
    def person() -> Person:
        return db.session.get_one(Person, cast.ben.id)

    browser = signed_in(app, BEN)
    with app.app_context():
        with transaction():
            disable_person(person(), by=None)
        with transaction():
            enable_person(person(), by=None)
    assert browser.open("/team").request.path == "/team/sign-in"
    browser = signed_in(app, BEN)
    with app.app_context(), transaction():
        change_role(person(), Role.COLLABORATOR, by=None)
    assert browser.open("/team").request.path == "/team/sign-in"


def test_a_link_of_somebody_who_was_disabled_is_dead(app: Flask, link: str, cast: Cast) -> None:
    with app.app_context(), transaction():
        disable_person(db.session.get_one(Person, cast.ben.id), by=None)
    assert at_desk(app).open(link).status_code == 410


def test_an_address_gets_few_links_and_a_client_asks_for_few(
    app: Flask, cast: Cast, work: Worker, outside: Outside
) -> None:
    for _ in range(MOST_TO_AN_ADDRESS + 2):
        assert asked(app, BEN).page.status_code == 200  # type: ignore[union-attr]
    work()
    assert len(outside.inbox(BEN)) == MOST_TO_AN_ADDRESS
    answers = [asked(app, f"somebody{number}@customer.test").page for number in range(MOST_OF_A_CLIENT)]
    assert answers[-1] is not None
    assert answers[-1].status_code == 429


def test_what_is_no_address_is_said_beside_its_field(app: Flask, cast: Cast) -> None:
    page = asked(app, "ben at team").page
    assert page is not None
    assert page.status_code == 422
    assert "This is not a valid e-mail address" in page.text
    assert "ben at team" in page.text


def test_a_form_of_another_site_asks_for_nothing(app: Flask, cast: Cast) -> None:
    assert at_desk(app).post("/team/sign-in", address=BEN).status_code == 422
    with app.app_context():
        assert not db.session.scalars(select(SignIn)).all()


def test_signing_in_and_out_stands_in_the_audit_log(app: Flask, api: Api, link: str) -> None:
    browser = at_desk(app)
    browser.open(link)
    browser.submit()
    browser.press("/team/sign-out")
    [out, came] = api.get("/audit?limit=2").json["items"]
    assert [one["name"] for one in (came, out)] == ["signed_in", "signed_out"]
    assert came["ip_address"] == "127.0.0.1"


@pytest.mark.parametrize("cookie", ["", "x" * 5000, "\xff\xfe", "ck_1_nothing"])
def test_a_cookie_that_is_none_of_ours_opens_nothing(app: Flask, cast: Cast, cookie: str) -> None:
    answer = app.test_client().get("/team", headers={"Cookie": f"casey_team={cookie}"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/team/sign-in")


@on_both
def test_a_link_that_fell_into_other_hands_opens_nothing_in_another_browser(app: Flask, link: str) -> None:
    eve = Browser(app)
    page = eve.open(link)
    assert page.status_code == 410
    assert "Please open the link in the browser in which you asked for it" in page.text
    eve.client.set_cookie("casey_asked_with", "a guess", path="/team/sign-in")
    assert eve.open(link).status_code == 410
    assert "Welcome back, Ben Foo" in at_desk(app).open(link).text


def test_a_browser_that_asks_gets_a_secret_of_its_own_whoever_asks(app: Flask, cast: Cast) -> None:
    for address in (BEN, EVE):
        browser = Browser(app)
        browser.open("/team/sign-in")
        browser.submit(address=address)
        cookie = browser.client.get_cookie("casey_asked_with", path="/team/sign-in")
        assert cookie is not None
        assert (cookie.path, cookie.http_only, cookie.same_site, len(cookie.value)) == (
            "/team/sign-in",
            True,
            "Lax",
            43,
        )


def test_the_sign_in_page_does_not_say_which_addresses_are_ours(app: Flask) -> None:
    pages = {re.sub(r'value="[^"]*"', "", str(asked(app, one).page.text)) for one in ("support@casey.test", "x@y")}  # type: ignore[union-attr]
    assert len(pages) == 1


def test_signing_out_forgets_the_drafts_of_this_browser(app: Flask, cast: Cast) -> None:
    browser = signed_in(app, BEN)
    browser.open("/team/preferences")
    left = browser.client.post("/team/sign-out", data={"csrf_token": token_in(browser)})
    assert left.headers["Clear-Site-Data"] == '"storage"'


def token_in(browser: Browser) -> str:
    """What the page gave, so that its forms can be sent."""
    assert browser.page is not None
    return browser.page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]

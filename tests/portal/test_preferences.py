"""What a member of the team prefers, and where he is signed in."""

from typing import Any

import pytest
from flask import Flask

from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in
from tests.sandbox import Outside

PAGE = "/team/preferences"


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Browser:
    """ben's browser, on the page."""
    browser = signed_in(app, BEN)
    browser.open(PAGE)
    return browser


def person(api: Api, cast: Cast) -> Any:
    """ben as he is now."""
    return api.get(f"/persons/{cast.ben.uuid}").json


@on_both
def test_a_member_says_who_he_is_and_how_he_reads(api: Api, cast: Cast, ben: Browser) -> None:
    page = ben.press(PAGE, name="Benjamin Foo", language="sv", time_zone="Europe/Stockholm", signature="Ben <3")
    assert '<html lang="sv"' in page.text
    assert "Ben &lt;3" in page.text
    assert "Benjamin (Support)" in page.text
    found = person(api, cast)
    told = [found[name] for name in ("name", "language", "time_zone", "signature")]
    assert told == ["Benjamin Foo", "sv", "Europe/Stockholm", "Ben <3"]
    ben.press(PAGE, language="", time_zone="")
    assert [person(api, cast)[name] for name in ("language", "time_zone")] == [None, None]


def test_what_is_wrong_is_said_beside_its_field_and_kept(api: Api, cast: Cast, ben: Browser) -> None:
    page = ben.press(PAGE, time_zone="Europe/<Nowhere>", signature="New")
    assert page.status_code == 422
    assert "This must be the name of a time zone" in page.text
    assert "Europe/&lt;Nowhere&gt;" in page.text
    assert person(api, cast)["signature"] == ""
    assert "Please enter your name." in ben.press(PAGE, name=" ").text
    assert "This must be one line" in ben.press(PAGE, name="Ben\nBcc: eve@stranger.test").text


@on_both
def test_a_member_says_what_customers_call_him(api: Api, cast: Cast, ben: Browser) -> None:
    assert "Customers see you as Ben (Support)" in ben.open(PAGE).text
    assert "Customers see you as Herr &lt;Foo&gt; (Support)" in ben.press(PAGE, alias="Herr <Foo>").text
    assert person(api, cast)["alias"] == "Herr <Foo>"
    page = ben.press(PAGE, alias="ben@team.test", signature="New")
    assert page.status_code == 422
    assert "This must be a name, and not an address." in page.text
    assert 'value="ben@team.test"' in page.text
    assert person(api, cast)["alias"] == "Herr <Foo>"


def test_what_is_wrong_is_said_in_the_language_of_its_reader(ben: Browser) -> None:
    ben.press(PAGE, language="de")
    assert "Dies muss ein Name sein und keine Adresse." in ben.press(PAGE, alias="ben@team.test").text
    assert "Dies muss der Name einer Zeitzone sein" in ben.press(PAGE, alias="", time_zone="Nowhere").text


TOPICS = ["invitations", "customers", "colleagues", "copies", "held"]


@on_both
def test_a_member_says_which_mails_he_gets(api: Api, cast: Cast, ben: Browser, work: Worker, outside: Outside) -> None:
    assert ben.open(PAGE).text.count(" checked ") == len(TOPICS)
    page = ben.press(PAGE, mails=["invitations", "colleagues", "copies", "held"])
    assert page.text.count(" checked ") == len(TOPICS) - 1
    assert person(api, cast)["unwanted_mails"] == ["customers"]
    case = api.opened(UNA)
    for sender, message in ((BEN, "I am in."), (UNA, "Nothing for ben.")):
        api.post(f"/cases/{case['uuid']}/messages", {"from": sender, "message": message})
    work()
    assert not [mail for mail in outside.inbox(BEN) if "Nothing for ben." in mail.get_content()]
    ben.press(PAGE, mails=[])
    assert person(api, cast)["unwanted_mails"] == TOPICS
    ben.press(PAGE, mails=TOPICS)
    assert person(api, cast)["unwanted_mails"] == []


@on_both
def test_sessions_are_listed_and_ended(app: Flask, api: Api, ben: Browser) -> None:
    other, third = signed_in(app, BEN), signed_in(app, BEN)
    page = ben.open(PAGE).text
    assert (page.count("Sign out there"), page.count("This browser")) == (2, 1)
    ben.press("/end")
    assert [one.open("/team").request.path for one in (other, third)].count("/team/sign-in") == 1
    ben.press("/end-others")
    assert [one.open("/team").request.path for one in (other, third)] == ["/team/sign-in"] * 2
    assert ben.open(PAGE).request.path == PAGE


def test_nobody_ends_the_session_of_somebody_else(app: Flask, ben: Browser) -> None:
    amy = signed_in(app, AMY)
    assert "/sessions/" not in amy.open(PAGE).text
    signed_in(app, BEN)
    page = ben.open(PAGE).text
    his = page.split(f'action="{PAGE}/sessions/')[1].split("/end")[0]
    token = amy.page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]  # type: ignore[union-attr]
    assert amy.post(f"{PAGE}/sessions/{his}/end", csrf_token=token).status_code == 404
    assert "Sign out there" in ben.open(PAGE).text


def test_a_member_is_spared_the_mail_of_a_case(api: Api, ben: Browser, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "I am in."})
    ben.open(f"/team/cases/{case['uuid']}")
    assert "Mail me again" in ben.press("/mute").text
    api.post(f"/cases/{case['uuid']}/messages", {"from": UNA, "message": "Nothing for ben."})
    work()
    assert not [mail for mail in outside.inbox(BEN) if "Nothing for ben." in mail.get_content()]
    assert "Mail me nothing of this case" in ben.press("/unmute").text


def test_the_page_is_light(ben: Browser) -> None:
    assert len(ben.open(PAGE).data) < 60_000

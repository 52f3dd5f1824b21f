"""Who is in a case, and who is asked to take it up, from the page of the team."""

from typing import Any

import pytest
from flask import Flask

from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in
from tests.portal.team_case import now
from tests.sandbox import Outside, link_in


@on_both
def test_whoever_is_asked_takes_a_case_up(api: Api, case: Any, cast: Cast, ben: Browser) -> None:
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert "Will you take this case up?" in page
    assert "Will you take this case up?" not in ben.press("/take").text
    assert now(api, case)["assignee"]["name"] == "Ben Foo"


@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")
def test_whoever_declines_says_why_and_the_next_one_is_asked(
    app: Flask, api: Api, case: Any, work: Worker, outside: Outside
) -> None:
    work()
    [first] = [one for one in (BEN, AMY, OLGA) if outside.inbox(one)]
    browser = signed_in(app, first)
    browser.open(f"/team/cases/{case['uuid']}")
    page = browser.press("/decline", why="I know <nothing> of lamps.")
    assert "Will you take this case up?" not in page.text
    browser.post(f"/team/cases/{case['uuid']}/decline")
    work()
    assert [len(outside.inbox(one)) for one in (BEN, AMY, OLGA)].count(1) == 2
    [event] = api.get("/events?name=invitation_declined").json["items"]
    assert event["details"] == {"why": "I know <nothing> of lamps."}


@on_both
def test_somebody_is_let_in_and_taken_out_again(
    api: Api, case: Any, ben: Browser, work: Worker, outside: Outside
) -> None:
    page = ben.press("/participants", address="max@customer.test", name="Max <b>")
    assert "Max &lt;b&gt;" in page.text
    ben.press("/reply", message="Welcome, Max.")
    work()
    assert "Welcome, Max." in outside.inbox("max@customer.test")[-1].get_content()
    max = ben.page.text.split("max@customer.test")[1].split("/participants/")[1].split("/")[0]  # type: ignore[union-attr]
    page = ben.press(f"/participants/{max}/remove")
    assert "max@customer.test" not in page.text
    ben.press("/reply", message="He is gone.")
    work()
    assert "He is gone." not in outside.inbox("max@customer.test")[-1].get_content()


def test_whoever_cannot_be_let_in_is_refused_beside_his_address(api: Api, case: Any, ben: Browser) -> None:
    page = ben.press("/participants", address="no address", name="Max")
    assert page.status_code == 422
    assert "This is not a valid e-mail address" in page.text
    assert 'value="no address"' in page.text
    assert len(now(api, case)["participants"]) == 1


def test_whoever_a_mail_was_copied_to_is_let_in_by_a_button(
    api: Api, case: Any, ben: Browser, work: Worker, outside: Outside
) -> None:
    outside.send(letter(UNA, f"Re: [{case['reference']}] lamp", "Max knows.", cc="Max <max@customer.test>"))
    work()
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert "Named in copies of mails" in page
    ben.post(
        f"/team/cases/{case['uuid']}/participants",
        address="max@customer.test",
        name="Max",
        csrf_token=page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0],
    )
    assert "Named in copies of mails" not in ben.page.text  # type: ignore[union-attr]
    assert "max@customer.test" in ben.page.text  # type: ignore[union-attr]


def test_a_member_is_mailed_nothing_and_again_everything(api: Api, case: Any, ben: Browser) -> None:
    ben.press("/take")
    assert "Is mailed nothing of this case" in ben.press("/mute").text
    assert "Is mailed nothing of this case" not in ben.press("/unmute").text


@on_both
def test_the_team_reads_who_said_that_the_case_is_not_his_until_he_is_let_in_again(
    app: Flask, case: Any, ben: Browser, work: Worker, outside: Outside
) -> None:
    ben.press("/participants", address="max@customer.test", name="Max Other")
    ben.press("/reply", message="Welcome, Max.")
    work()
    max = Browser(app)
    max.open(link_in(outside.inbox("max@customer.test")[-1], "/c/"))
    max.press("/leave")
    said = "Max Other said that this case is not theirs, and was taken out."
    assert said in ben.open(f"/team/cases/{case['uuid']}").text
    assert said not in ben.press("/participants", address="max@customer.test", name="Max Other").text
    again = ben.page.text.split("max@customer.test")[1].split("/participants/")[1].split("/")[0]  # type: ignore[union-attr]
    assert said not in ben.press(f"/participants/{again}/remove").text

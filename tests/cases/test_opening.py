"""Opening a case, and confirming it: until then nobody but its creator hears of it."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.clock import now
from tests.api_client import Api
from tests.cast import AMY, BEN, EVE, OLGA, UNA, Cast
from tests.conftest import Worker
from tests.leaks import decoded
from tests.letters import letter
from tests.mail.rows import cases, inbound, outbound_to
from tests.sandbox import Outside, link_in

to_be_confirmed = pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
HOUR, DAY = timedelta(hours=1, seconds=1), timedelta(days=1, seconds=1)


def code_in(outside: Outside, address: str) -> str:
    """The code in the last request to confirm."""
    return link_in(outside.inbox(address)[-1], "/confirm/").rpartition("/")[2]


def test_the_creator_gets_a_copy_of_what_was_received(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA, message="It is over there!")
    work()
    [initial] = outside.inbox(UNA)
    assert "It is over there!" in initial.get_content()
    assert initial["From"].addresses[0].display_name == ""


@pytest.mark.settings(CASEY_CASE_SEND_INITIAL="false")
def test_the_initial_copy_can_be_turned_off(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    assert outside.inbox(UNA) == []
    assert len(outside.inbox(BEN)) == 1


@to_be_confirmed
def test_only_when_a_case_is_confirmed_is_the_team_told(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    assert case["state"] == "pending"
    assert "confirmation" not in case
    work()
    assert [outside.inbox(member) for member in (BEN, AMY, OLGA)] == [[], [], []]
    assert api.post("/cases/confirm", {"code": code_in(outside, UNA)}).json["state"] == "active"
    work()
    assert [len(outside.inbox(member)) for member in (BEN, AMY, OLGA)] == [1, 1, 1]
    assert "It is over there!" in outside.inbox(UNA)[-1].get_content()


@to_be_confirmed
def test_the_request_to_confirm_holds_nothing_that_a_stranger_typed(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    typed = {"name": "Wanda Wicked", "email": EVE}
    api.post("/cases", {"creator": typed, "subject": "Buy pills", "message": "At https://pills.test"})
    outside.send(letter("Wicked Willy <willy@far.test>", "Buy watches", "At https://watches.test"))
    work()
    for address in (EVE, "willy@far.test"):
        [mail] = outside.inbox(address)
        text = decoded(mail.as_bytes()).lower()
        for word in ("wanda", "wicked", "willy ", "pills", "watches"):
            assert word not in text
        assert "/confirm/" in text
        assert mail["To"].addresses[0].display_name == ""
        assert "Please confirm your request" in mail["Subject"]


@to_be_confirmed
def test_a_reply_to_the_request_does_not_confirm(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    work()
    outside.reply(outside.inbox(UNA)[0], "I confirm!")
    work()
    assert api.get(f"/case/{case['uuid']}").json["state"] == "pending"
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("held", "case_pending")]
    assert outside.inbox(BEN) == []


@to_be_confirmed
def test_a_code_works_once_and_says_so(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    code = code_in(outside, UNA)
    assert api.post("/cases/confirm", {"code": code}).status_code == 200
    work()
    assert api.post("/cases/confirm", {"code": code}).status_code == 409
    work()
    assert len(outside.inbox(BEN)) == 1


@to_be_confirmed
def test_a_code_expires_after_a_week(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    work()
    code = code_in(outside, UNA)
    with time_machine.travel(now() + timedelta(days=7, seconds=1)):
        assert api.post("/cases/confirm", {"code": code}).status_code == 410
    assert api.get(f"/case/{case['uuid']}").json["state"] == "pending"


@to_be_confirmed
def test_an_unknown_code_confirms_nothing(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    code = code_in(outside, UNA)
    for wrong in (code[:-1], code.swapcase(), "x", code + "x"):
        assert api.post("/cases/confirm", {"code": wrong}).status_code == 404


@to_be_confirmed
def test_the_link_to_a_case_is_no_code(api: Api, app: Flask, work: Worker, outside: Outside) -> None:
    app.extensions["casey.configuration"].static["caseConfirmation"] = False
    api.opened(UNA)
    work()
    secret = link_in(outside.inbox(UNA)[0], "/c/").rpartition("/")[2]
    assert api.post("/cases/confirm", {"code": secret}).status_code == 404


@pytest.mark.settings(
    CASEY_CASE_CONFIRMATION="true", CASEY_CASE_CONFIRM_URL="https://shop.test/ok?a=%code%&b=%7B%7B7*7%7D%7D"
)
def test_the_confirmation_page_can_be_the_integrators(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    work()
    url = link_in(outside.inbox(UNA)[0], "shop.test")
    assert url.startswith("https://shop.test/ok?a=")
    assert url.endswith("&b=%7B%7B7*7%7D%7D")
    code = url.partition("a=")[2].partition("&")[0]
    assert api.post("/cases/confirm", {"code": code}).json["uuid"] == case["uuid"]


@to_be_confirmed
def test_an_address_gets_at_most_three_requests_an_hour_and_ten_a_day(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(25):
            api.opened(UNA)
        for expected in (3, 6, 9, 10, 10):
            work()
            assert len(outside.inbox(UNA)) == expected
            clock.shift(HOUR)
        api.opened(EVE)
        work()
        assert len(outside.inbox(EVE)) == 1
    assert len(cases(app)) == 26


@to_be_confirmed
def test_nobody_can_keep_una_from_confirming_by_asking_in_her_name(api: Api, work: Worker, outside: Outside) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(11):
            api.opened(UNA)
        mine = api.opened(UNA)
        for _ in range(6):
            work()
            clock.shift(DAY / 4)
        work()
        assert api.post("/cases/confirm", {"code": code_in(outside, UNA)}).json["uuid"] == mine["uuid"]


@pytest.mark.settings(CASEY_MAIL_ENABLE="false", CASEY_CASE_CONFIRMATION="true", CASEY_CASE_SEND_COPY="true")
def test_with_mail_off_everything_happens_over_http(
    app: Flask, cast: Cast, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    assert case["confirmation"]["url"].endswith(f"/confirm/{case['confirmation']['code']}")
    api.post("/cases/confirm", {"code": case["confirmation"]["code"]})
    for sender, text in ((BEN, "Which table?"), (UNA, "This one.")):
        assert api.post(f"/case/{case['uuid']}/messages", {"from": sender, "message": text}).status_code == 201
    work()
    assert [outbound_to(app, address) for address in (UNA, BEN, AMY, OLGA)] == [[], [], [], []]
    assert len(api.get(f"/case/{case['uuid']}").json["messages"]) == 3


def test_what_was_to_be_mailed_waits_while_mail_is_off(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    api.post("/config", {"mailEnable": False})
    work()
    assert outside.inbox(UNA) == []
    api.post("/config", {"mailEnable": True})
    work()
    assert len(outside.inbox(UNA)) == 1

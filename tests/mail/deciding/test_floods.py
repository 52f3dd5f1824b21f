"""One sender opens only so many cases within an hour; what is more waits for the team."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.clock import now
from app.mail.models import InboundEmail
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker
from tests.letters import letter
from tests.mail.incoming import decided, incoming
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside

OURS = "mx.casey.test"

pytestmark = pytest.mark.settings(CASEY_MAIL_FLOOD_LIMIT="3", CASEY_MAIL_AUTHSERV_ID=OURS)


def mailed(sender: str) -> tuple[str | None, str | None]:
    """What becomes of another mail of this sender."""
    with transaction():
        row: InboundEmail = decided(incoming(sender))
        return row.outcome, row.reason


def test_the_cases_one_sender_opens_within_an_hour_are_limited(context: Flask, cast: Cast) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(3):
            assert mailed(EVE) == ("opened", None)
            clock.shift(timedelta(minutes=10))
        assert mailed(EVE) == mailed(EVE) == ("held", "flood")
        assert mailed(UNA) == ("opened", None)
        clock.shift(timedelta(minutes=31))
        assert mailed(EVE) == ("opened", None)
        assert mailed(EVE) == ("held", "flood")
    assert len(cases(context)) == 5


def test_a_flood_is_written_down(context: Flask, cast: Cast) -> None:
    for _ in range(4):
        mailed(EVE)
    steps = [one for row in inbound(context) for one in row.decisions if one["rule"] == "flood"]
    assert [one["hit"] for one in steps] == [False, False, False, True]
    assert steps[-1]["detail"] == "its sender opened 3 cases within an hour"


def test_what_a_flood_left_is_opened_when_the_team_says_so_or_when_it_is_over(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        for number in range(5):
            outside.send(letter(EVE, f"Mail {number}", "Hi"))
        work()
        second, first = api.get("/inbound?outcome=held").json["items"]
        assert api.post(f"/inbound/{first['uuid']}/admit").status_code == 202
        work()
        assert [one.subject for one in cases(app)] == ["Mail 0", "Mail 1", "Mail 2", "Mail 3"]
        api.post(f"/inbound/{second['uuid']}/replay")
        work()
        assert api.get(f"/inbound/{second['uuid']}").json["reason"] == "flood"
        clock.shift(timedelta(minutes=61))
        api.post(f"/inbound/{second['uuid']}/replay")
        work()
    assert cases(app)[-1].subject == "Mail 4"


@pytest.mark.settings(CASEY_CASE_CAN_REOPEN="false")
def test_replies_to_a_closed_case_open_no_more_cases_than_other_mails(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    work()
    api.post(f"/cases/{case['uuid']}/close")
    for number in range(4):
        outside.reply(outside.inbox(UNA)[0], f"It is back {number}")
    work()
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("opened", None)] * 3 + [("held", "flood")]
    assert inbound(app)[-1].case_id == cases(app)[0].id


def test_replies_and_held_mails_are_no_flood(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    for number in range(5):
        outside.reply(outside.inbox(UNA)[0], f"And {number}")
        outside.send(letter(BEN, "Cake", "Cake!"))
    work()
    outside.send(letter(UNA, "Another bug", "Here"))
    work()
    assert inbound(app)[-1].outcome == "opened"

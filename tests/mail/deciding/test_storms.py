"""More mails on one case than a person writes: a machine answers a machine, and somebody must stop it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.clock import now
from app.mail.models import MailPurpose
from tests.api_client import Api
from tests.cast import AMY, BEN, UNA
from tests.conftest import Worker
from tests.mail.rows import inbound, outbound_to
from tests.sandbox import Outside


class Storm:
    """A case of una's that ben has taken up, and whoever writes to it over and over."""

    def __init__(self, app: Flask, api: Api, work: Worker, outside: Outside) -> None:
        self.app, self.api, self.work, self.outside = app, api, work, outside
        self.case = api.opened(UNA)
        work()
        outside.reply(outside.inbox(BEN)[0], "Which table?")
        work()

    def blows(self, times: int, sender: str = UNA, **headers: str) -> list[tuple[Any, Any]]:
        """What becomes of so many mails."""
        answered = self.outside.inbox(sender)[0]
        for number in range(times):
            self.outside.reply(answered, f"Number {number}", **headers)
        self.work()
        return [(row.outcome, row.reason) for row in inbound(self.app)[-times:]]

    def answered_by_machines(self, *who: str, text: str) -> list[tuple[Any, Any]]:
        """Machines of these people answer every mail at once; what becomes of all mails, when it is over."""
        read = {one: len(self.outside.inbox(one)) - 1 for one in who}
        for _ in range(100):
            new = [mail for one in who for mail in self.outside.inbox(one)[read[one] :]]
            if not new:
                return [(row.outcome, row.reason) for row in inbound(self.app)]
            read = {one: len(self.outside.inbox(one)) for one in who}
            for mail in new:
                self.outside.reply(mail, text)
            self.work()
        raise AssertionError("the machines go on for ever")

    def told(self, who: str) -> int:
        return len([one for one in outbound_to(self.app, who) if one.purpose is MailPurpose.STORM_NOTICE])


POSTED, PARKED = ("posted", None), ("held", "storm")


@pytest.fixture
def gale(app: Flask, api: Api, work: Worker, outside: Outside) -> Storm:
    return Storm(app, api, work, outside)


def test_the_eleventh_mail_of_a_sender_on_a_case_within_an_hour_is_parked_and_the_team_told_once(gale: Storm) -> None:
    assert gale.blows(13) == [POSTED] * 10 + [PARKED] * 3
    assert [gale.told(one) for one in (BEN, AMY, UNA)] == [1, 0, 0]
    assert [one.purpose for one in outbound_to(gale.app, BEN)].count(MailPurpose.HELD_NOTICE) == 0


def test_a_storm_that_goes_on_is_one_storm_and_a_later_one_another(gale: Storm) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        gale.blows(11)
        for _ in range(6):
            clock.shift(timedelta(minutes=20))
            gale.blows(11)
        assert gale.told(BEN) == 1
        clock.shift(timedelta(hours=3))
        assert gale.blows(11) == [POSTED] * 10 + [PARKED]
        assert gale.told(BEN) == 2


def test_after_an_hour_a_sender_may_write_again(gale: Storm) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        assert gale.blows(11)[-1] == PARKED
        clock.shift(timedelta(minutes=61))
        assert gale.blows(1) == [POSTED]


def test_robots_make_storms_too(gale: Storm) -> None:
    assert gale.blows(11, Auto_Submitted="auto-replied") == [POSTED] * 10 + [PARKED]


def test_others_on_the_case_may_go_on_writing(gale: Storm) -> None:
    gale.blows(11)
    assert gale.blows(1, sender=BEN) == [POSTED]


def test_a_member_of_the_team_may_write_more_than_others_but_not_without_end(gale: Storm) -> None:
    assert gale.blows(31, sender=BEN) == [POSTED] * 29 + [PARKED] * 2  # he has written once before
    assert gale.blows(1) == [POSTED]


def test_two_machines_of_the_team_that_answer_each_other_come_to_an_end_and_both_are_told_once(gale: Storm) -> None:
    gale.outside.reply(gale.outside.inbox(AMY)[0], "I am away.")
    gale.work()
    decided = gale.answered_by_machines(BEN, AMY, text="I am away.")
    assert decided[-1] == PARKED
    assert 50 < decided.count(POSTED) <= 60
    assert gale.told(BEN) == gale.told(AMY) == 2  # of each of the two
    assert len(gale.outside.inbox(UNA)) <= 2 + 60


def test_a_machine_whose_answers_are_taken_for_bad_orders_comes_to_an_end(gale: Storm) -> None:
    gale.outside.reply(gale.outside.inbox(BEN)[0], "#closed until Monday")
    gale.work()
    decided = gale.answered_by_machines(BEN, text="#closed until Monday")
    assert decided.count(("held", "order_refused")) == 29
    assert decided[-1] == PARKED


def test_what_was_parked_is_posted_when_the_team_says_so(gale: Storm) -> None:
    gale.blows(12)
    for mail in reversed(gale.api.get("/inbound?outcome=held").json["items"]):
        assert gale.api.post(f"/inbound/{mail['uuid']}/admit").status_code == 202
    gale.work()
    found = gale.api.get(f"/cases/{gale.case['uuid']}").json["messages"]
    assert [one["message"].strip() for one in found[2:]] == [f"Number {number}" for number in range(12)]


def test_whoever_wrote_too_much_as_a_stranger_is_still_a_storm_when_he_is_let_in(gale: Storm) -> None:
    for number in range(12):
        mail = f"From: eve@stranger.test\r\nSubject: {gale.case['reference']}\r\n\r\nNumber {number}\r\n"
        gale.outside.send(mail.encode())
    gale.work()
    gale.api.post(f"/cases/{gale.case['uuid']}/participants", {"email": "eve@stranger.test"})
    gale.work()
    assert [(row.outcome, row.reason) for row in inbound(gale.app)[-12:]] == [POSTED] * 10 + [PARKED] * 2

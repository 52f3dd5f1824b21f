"""Who writes to a case he is not in: held for the team, which is told and decides with one call."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.clock import now
from app.mail.models import MailPurpose
from app.people.persons import find_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, EVE, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.mail.rows import cases, inbound, outbound_to
from tests.sandbox import Outside

OURS = "mx.casey.test"
FORGED = {"Authentication_Results": f"{OURS}; dmarc=fail header.from=stranger.test"}


class Desk:
    """A case of una's that ben has taken up; strangers write to it by its reference."""

    def __init__(self, app: Flask, api: Api, work: Worker, outside: Outside) -> None:
        self.app, self.api, self.work, self.outside = app, api, work, outside
        self.case = api.opened(UNA)
        work()
        outside.reply(outside.inbox(BEN)[0], "Which table?")
        work()

    def stranger(self, text: str, sender: str = EVE, **headers: str) -> Any:
        """A stranger's mail to the case; what became of it."""
        subject = f"Re: [Case {self.case['reference']}] I found a bug"
        self.outside.send(letter(f"Eve <{sender}>", subject, text, **headers))
        self.work()
        return self.latest()

    def latest(self) -> Any:
        return self.api.get("/inbound").json["items"][0]

    def messages(self) -> list[str]:
        found = self.api.get(f"/cases/{self.case['uuid']}").json["messages"]
        return [one["message"].strip() for one in found]

    def participants(self) -> list[str]:
        found = self.api.get(f"/cases/{self.case['uuid']}").json["participants"]
        return [one["email"] for one in found]

    def decide(self, mail: Any, what: str) -> int:
        """Admit, reject or replay a mail; the status of the answer."""
        status = self.api.post(f"/inbound/{mail['uuid']}/{what}").status_code
        self.work()
        return status

    def notices(self, to: str) -> int:
        return len([one for one in outbound_to(self.app, to) if one.purpose is MailPurpose.HELD_NOTICE])


@pytest.fixture
def desk(app: Flask, api: Api, work: Worker, outside: Outside) -> Desk:
    return Desk(app, api, work, outside)


def test_a_strangers_mail_is_held_and_those_of_the_team_who_are_in_the_case_are_told(desk: Desk) -> None:
    before = len(desk.outside.inbox(UNA))
    mail = desk.stranger("I saw it too!")
    assert (mail["outcome"], mail["reason"], mail["from"], mail["name"]) == ("held", "unknown_sender", EVE, "Eve")
    assert [desk.notices(one) for one in (BEN, AMY, OLGA, UNA)] == [1, 0, 0, 0]
    told = desk.outside.inbox(BEN)[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert EVE in told
    assert "I saw it too!" in told
    assert mail["uuid"] in told
    assert "Its sender is not in the case, and unknown here." in told
    assert (len(desk.outside.inbox(UNA)), desk.outside.inbox(EVE)) == (before, [])
    assert len(desk.messages()) == 2


def test_while_nobody_has_taken_the_case_up_those_who_were_asked_to_are_told(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    reference = api.opened(UNA)["reference"]
    work()
    outside.send(letter(EVE, f"Re: {reference}", "I saw it too!"))
    work()
    purposes = [[one.purpose for one in outbound_to(app, who)] for who in (BEN, AMY, OLGA)]
    assert purposes == [["invitation", "held_notice"]] * 3


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_of_a_case_that_nobody_was_told_of_nobody_is_told(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    reference = api.opened(UNA)["reference"]
    outside.send(letter(EVE, f"Re: {reference}", "I saw it too!"))
    work()
    assert [row.outcome for row in inbound(app)] == ["held"]
    assert [outside.inbox(one) for one in (BEN, AMY, OLGA)] == [[], [], []]


def test_of_a_robots_mail_nobody_is_told(desk: Desk) -> None:
    assert desk.stranger("I am on the beach.", Auto_Submitted="auto-replied")["outcome"] == "held"
    assert desk.notices(BEN) == 0


def test_the_team_hears_of_one_sender_once_a_day_and_of_ten_an_hour(desk: Desk) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        for text in ("One", "Two", "Three"):
            desk.stranger(text)
        assert desk.notices(BEN) == 1
        for number in range(12):
            desk.stranger("Me too", sender=f"eve{number}@stranger.test")
        assert desk.notices(BEN) == 10
        clock.shift(timedelta(hours=25))
        desk.stranger("Four")
        assert desk.notices(BEN) == 11
    assert {row.outcome for row in inbound(desk.app)[1:]} == {"held"}


@on_both
def test_admitting_one_mail_lets_its_sender_in_and_posts_all_he_wrote_in_order(desk: Desk) -> None:
    first, _, third = (desk.stranger(text) for text in ("One", "Two", "Three"))
    assert desk.decide(third, "admit") == 202
    assert desk.messages()[2:] == ["One", "Two", "Three"]
    assert desk.participants() == [UNA, BEN, EVE]
    assert [row.outcome for row in inbound(desk.app)[1:]] == ["posted"] * 3
    assert desk.outside.inbox(EVE) == []  # she gets nothing of what was written before
    found = desk.api.get(f"/inbound/{first['uuid']}").json
    assert found["message"] is not None
    assert desk.stranger("Four")["outcome"] == "posted"
    desk.api.post(f"/cases/{desk.case['uuid']}/messages", {"from": BEN, "message": "Thank you both"})
    desk.work()
    assert len(desk.outside.inbox(EVE)) == 1


def test_whoever_admitted_it_is_written_down_with_the_mail(desk: Desk) -> None:
    mail = desk.stranger("One")
    desk.decide(mail, "admit")
    said = [one["detail"] for one in desk.latest()["decisions"] if one["rule"] == "admitted"]
    assert said == ["by Olga Owner"]


def test_admitting_a_mail_without_a_case_opens_one_for_its_sender(desk: Desk) -> None:
    desk.outside.send(letter(BEN, "Cake", "In the kitchen."))
    desk.work()
    mail = desk.latest()
    assert (mail["reason"], mail["case"]) == ("from_team_without_case", None)
    assert desk.decide(mail, "admit") == 202
    assert [(one.subject, one.creator_id) for one in cases(desk.app)[1:]] == [("Cake", 2)]
    assert desk.latest()["outcome"] == "opened"


def test_a_mail_in_a_members_name_is_posted_only_when_the_team_says_so_and_stays_unproven(desk: Desk) -> None:
    mail = desk.stranger("Refund her.", sender=AMY)
    assert (mail["outcome"], mail["reason"]) == ("held", "team_member_unproven")
    assert desk.notices(BEN) == 1
    desk.decide(mail, "admit")
    [said] = [one for one in desk.api.get(f"/cases/{desk.case['uuid']}").json["messages"] if "Refund" in one["message"]]
    assert (said["from"]["email"], said["verified"]) == (AMY, False)


@pytest.mark.settings(CASEY_MAIL_AUTHSERV_ID=OURS)
def test_admitting_one_mail_admits_no_forged_one_beside_it(desk: Desk) -> None:
    good = desk.stranger("Good")
    forged = desk.stranger("Forged", **FORGED)
    desk.decide(good, "admit")
    assert desk.messages()[2:] == ["Good"]
    found = desk.api.get(f"/inbound/{forged['uuid']}").json
    assert (found["outcome"], found["reason"]) == ("held", "authentication_failed")
    desk.decide(forged, "admit")
    assert desk.messages()[2:] == ["Good", "Forged"]


def test_a_rejected_mail_is_ignored_and_its_sender_stays_outside(desk: Desk) -> None:
    mail = desk.stranger("One")
    assert desk.decide(mail, "reject") == 200
    found = desk.latest()
    assert (found["outcome"], found["reason"]) == ("ignored", "rejected_by_team")
    assert (len(desk.messages()), desk.participants()) == (2, [UNA, BEN])
    assert desk.decide(mail, "reject") == desk.decide(mail, "admit") == 409


def test_only_what_is_held_can_be_admitted_or_rejected(desk: Desk) -> None:
    posted = desk.latest()
    answer = desk.api.post(f"/inbound/{posted['uuid']}/admit")
    assert (answer.status_code, answer.json["detail"]) == (409, "This mail is not held: it is posted already.")
    assert desk.api.post(f"/inbound/{posted['uuid']}/reject").status_code == 409
    assert desk.api.post(f"/inbound/{desk.case['uuid']}/admit").status_code == 404


def test_a_mail_without_a_sender_or_from_a_blocked_one_cannot_be_admitted(desk: Desk) -> None:
    desk.outside.send(b"From: a@x.test, b@x.test\r\nSubject: Hi\r\n\r\nHi")
    desk.work()
    assert desk.decide(desk.latest(), "admit") == 409
    with desk.app.app_context(), transaction():
        una = find_person(UNA)
        assert una is not None
        una.blocked_at = now()
    blocked = desk.stranger("Hello?", sender=UNA)
    assert (blocked["reason"], desk.decide(blocked, "admit")) == ("sender_blocked", 409)


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_nobody_is_admitted_to_a_case_that_takes_no_messages(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    outside.send(letter(EVE, f"Re: {api.opened(UNA)['reference']}", "I saw it too!"))
    work()
    [held] = api.get("/inbound?outcome=held").json["items"]
    assert api.post(f"/inbound/{held['uuid']}/admit").status_code == 409
    assert api.get(f"/inbound/{held['uuid']}").json["outcome"] == "held"


@pytest.mark.parametrize("way", ["api", "order"])
def test_whoever_is_let_in_has_what_he_wrote_before_posted(desk: Desk, way: str) -> None:
    for text in ("One", "Two"):
        desk.stranger(text)
    if way == "api":
        assert desk.api.post(f"/cases/{desk.case['uuid']}/participants", {"email": EVE}).status_code == 200
    else:
        desk.outside.reply(desk.outside.inbox(BEN)[0], f"#add {EVE}")
    for _ in range(2):
        desk.work()
    assert desk.participants() == [UNA, BEN, EVE]
    assert desk.messages()[2:] == ["One", "Two"]


@pytest.mark.settings(CASEY_MAIL_THIRD_PARTY="new")
def test_where_third_parties_open_new_cases_theirs_follows_the_old_one(desk: Desk) -> None:
    mail = desk.stranger("I saw it too!")
    old, following = cases(desk.app)
    assert (mail["outcome"], mail["case"], following.follows_id) == ("opened", str(following.uuid), old.id)
    assert len(desk.messages()) == 2
    assert "I saw it too!" in desk.outside.inbox(AMY)[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert desk.stranger("On the beach", sender="max@x.test", Auto_Submitted="auto-replied")["outcome"] == "held"


@pytest.mark.settings(CASEY_MAIL_THIRD_PARTY="new", CASEY_MAIL_AUTHSERV_ID=OURS)
def test_a_forged_third_party_opens_nothing(desk: Desk) -> None:
    mail = desk.stranger("I saw it too!", **FORGED)
    assert (mail["outcome"], mail["reason"]) == ("held", "authentication_failed")
    assert len(cases(desk.app)) == 1


@pytest.mark.settings(CASEY_MAIL_THIRD_PARTY="reject")
def test_where_third_parties_are_rejected_nobody_hears_of_them(desk: Desk) -> None:
    mail = desk.stranger("I saw it too!")
    assert (mail["outcome"], mail["reason"]) == ("ignored", "third_party_rejected")
    assert (desk.notices(BEN), desk.outside.inbox(EVE)) == (0, [])


@pytest.mark.settings(CASEY_MAIL_THIRD_PARTY="reject")
def test_rejecting_third_parties_rejects_nobody_of_the_team(desk: Desk) -> None:
    assert desk.stranger("Refund her.", sender=AMY)["outcome"] == "held"


def test_an_agent_may_admit_and_a_collaborator_may_not(desk: Desk, cast: Cast) -> None:
    mail = desk.stranger("One")
    path = f"/inbound/{mail['uuid']}/admit"
    assert desk.api.as_(cast.keys["amy"]).post(path).status_code == 403
    assert desk.api.as_(cast.keys["ben"]).post(path).status_code == 202

"""Deciding again about a mail, or saying what that would come to."""

import pytest
from flask import Flask

from app.mail.sending.outbox import unfinished
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside
from tests.storage import contents


def mail_of(app: Flask) -> str:
    """The path of the last mail."""
    return f"/inbound/{inbound(app)[-1].uuid}"


@on_both
@pytest.mark.settings(CASEY_MAIL_OPEN_CASES="false")
def test_a_held_mail_is_decided_again_when_its_reason_has_gone(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    outside.send(letter(EVE, "Help!", "Please."))
    work()
    api.post("/config", {"mailOpenCases": True})
    answer = api.post(f"{mail_of(app)}/replay")
    assert (answer.status_code, answer.json["outcome"], answer.json["attempts"]) == (202, None, 0)
    assert api.post(f"{mail_of(app)}/replay").status_code == 409
    work()
    found = api.get(mail_of(app)).json
    assert (found["outcome"], found["attempts"], found["from"], found["subject"]) == ("opened", 1, EVE, "Help!")
    assert "Please." in outside.inbox(BEN)[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize("becomes", ["opened", "posted", "duplicate", "bounce"])
def test_what_something_came_of_is_not_decided_again(
    app: Flask, api: Api, work: Worker, outside: Outside, becomes: str
) -> None:
    api.opened(UNA)
    work()
    first = letter(UNA, "Help!", "Please.")
    outside.send(first)
    if becomes == "posted":
        outside.reply(outside.inbox(UNA)[0], "And another thing")
    elif becomes == "duplicate":
        outside.send(first)
    elif becomes == "bounce":
        outside.send(bounced(str(outside.inbox(UNA)[0]["Message-ID"])))
    work()
    before = contents(app)
    answer = api.post(f"{mail_of(app)}/replay")
    assert answer.status_code == 409
    assert answer.json["detail"] == f"This mail cannot be decided about again: it is {becomes} already."
    assert contents(app) == before


def bounced(message_id: str) -> bytes:
    """A report of a mail system that it could not deliver this mail."""
    return f"""From: MAILER-DAEMON@mx.customer.test
To: support@casey.test
Subject: Undelivered Mail
Return-Path: <>
Message-ID: <bounce@mx.customer.test>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

Nobody of this name lives here.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.customer.test

Final-Recipient: rfc822; {UNA}
Action: failed
Status: 5.1.1

--x
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--x--
""".encode()


@on_both
@pytest.mark.parametrize("sender", [UNA, EVE, BEN])
def test_a_dry_run_says_what_would_be_decided_and_does_nothing(
    app: Flask, api: Api, work: Worker, outside: Outside, sender: str
) -> None:
    case = api.opened(UNA)
    work()
    outside.send(letter(sender, f"Re: {case['reference']}", "Hello"))
    work()
    decided, before = api.get(mail_of(app)).json, contents(app)
    answer = api.post(f"{mail_of(app)}/replay?dry_run=true")
    assert answer.status_code == 200
    assert answer.json == {name: decided[name] for name in ("outcome", "reason", "robot", "case", "decisions")}
    assert contents(app) == before


@on_both
def test_a_dry_run_may_carry_a_key_which_is_free_for_the_deed_afterwards(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    outside.send(letter(EVE, f"Re: {case['reference']}", "Hello"))
    work()
    key = {"Idempotency-Key": "replay-1"}
    for _ in range(2):
        answer = api.post(f"{mail_of(app)}/replay?dry_run=true", headers=key)
        assert (answer.status_code, answer.json["outcome"]) == (200, "held")
    assert api.post(f"{mail_of(app)}/replay", headers=key).status_code == 202


def test_a_dry_run_shows_what_has_changed_since(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    outside.send(letter(EVE, f"Re: {case['reference']}", "Hello"))
    work()
    assert api.get(mail_of(app)).json["reason"] == "unknown_sender"
    api.post("/config", {"mailThirdParty": "reject"})
    foreseen = api.post(f"{mail_of(app)}/replay?dry_run=true").json
    assert (foreseen["outcome"], foreseen["reason"]) == ("ignored", "third_party_rejected")
    api.post("/config", {"mailThirdParty": "new"})
    foreseen = api.post(f"{mail_of(app)}/replay?dry_run=true").json
    assert (foreseen["outcome"], foreseen["case"]) == ("opened", None)
    assert len(cases(app)) == 1
    with app.app_context():
        assert unfinished() == 0
    assert api.post(f"{mail_of(app)}/replay?dry_run=perhaps").status_code == 422


def test_a_quarantined_mail_can_be_tried_again(
    app: Flask, api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    mail = letter(UNA, "Hi", "Hi")
    for number in range(101):
        mail["Received"] = f"from a.test by b.test; hop {number}"
    outside.send(mail)
    work()
    assert api.post(f"{mail_of(app)}/replay").status_code == 202
    work()
    assert inbound(app)[-1].reason == "too_many_hops"

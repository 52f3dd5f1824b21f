"""What is kept for a time only goes when it is over, and nothing else does."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.cases.models import Case
from app.clock import now
from app.extensions import db
from app.jobs.periodic import TASKS
from app.jobs.retention import drop_old_mails, remove_old_cases
from app.mail.models import InboundEmail, RawEmail
from app.privacy import retention
from app.privacy.mails import GONE
from app.privacy.retention import old_cases, old_mails
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.plans import plans
from tests.privacy.calls import called
from tests.privacy.canary import found_anywhere
from tests.sandbox import Outside

cases_for_a_year = pytest.mark.settings(CASEY_CASE_KEEP_CLOSED="365d")
mails_for_a_month = pytest.mark.settings(CASEY_MAIL_KEEP_RAW="30d")


def closed(api: Api, subject: str) -> Any:
    case = api.opened(UNA, subject, f"The canary of {subject}.")
    assert api.post(f"/cases/{case['uuid']}/close").status_code == 200
    return case


def after(app: Flask, days: int) -> None:
    """Let the rules be kept as they are so many days from now."""
    with time_machine.travel(now() + timedelta(days=days), tick=False), app.app_context():
        remove_old_cases()
        drop_old_mails()


def counts(api: Api) -> list[Any]:
    return [entry["new"] for entry in called(api, "/audit?name=retention_kept")["items"]]


def subjects(api: Api) -> set[str]:
    return {case["subject"] for case in called(api, "/cases")["items"]}


@on_both
@cases_for_a_year
def test_a_case_that_was_closed_long_ago_is_removed_for_good(app: Flask, api: Api, work: Worker) -> None:
    closed(api, "Cellar")
    api.opened(UNA, "Attic")
    work()
    after(app, 364)
    assert (subjects(api), counts(api)) == ({"Cellar", "Attic"}, [])
    after(app, 366)
    assert (subjects(api), counts(api)) == ({"Attic"}, [{"cases": 1}])
    assert found_anywhere(app, "The canary of Cellar") == ["sandbox_emails.content"]  # what left the house
    [entry] = called(api, "/audit?name=case_purged")["items"]
    assert entry["actor"] is None
    after(app, 367)
    assert counts(api) == [{"cases": 1}]


@cases_for_a_year
def test_one_that_is_put_off_or_open_again_stays(app: Flask, api: Api, work: Worker) -> None:
    closed(api, "Put off")
    again = closed(api, "Open again")
    with app.app_context(), transaction():
        db.session.query(Case).filter(Case.subject == "Put off").one().snoozed_until = now() + timedelta(days=400)
    assert api.post(f"/cases/{again['uuid']}/reopen").status_code == 200
    after(app, 390)
    assert subjects(api) == {"Put off", "Open again"}


@on_both
@cases_for_a_year
def test_what_was_merged_into_it_goes_along_and_not_before(app: Flask, api: Api, work: Worker) -> None:
    merged, into = api.opened(UNA, "Merged"), api.opened(UNA, "Into")
    assert api.post(f"/cases/{merged['uuid']}/merge", {"into": into["uuid"]}).status_code == 200
    after(app, 366)
    with app.app_context():
        assert db.session.query(Case).count() == 2
    api.post(f"/cases/{into['uuid']}/close")
    after(app, 366)
    with app.app_context():
        assert db.session.query(Case).count() == 0


@cases_for_a_year
def test_a_turn_is_bounded_and_the_next_goes_on(
    app: Flask, api: Api, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    monkeypatch.setattr("app.jobs.retention.MOST", 2)
    for number in range(3):
        closed(api, f"Case {number}")
    after(app, 366)
    assert subjects(api) == {"Case 2"}
    after(app, 366)
    assert (subjects(api), counts(api)) == (set(), [{"cases": 1}, {"cases": 2}])


def test_nothing_goes_unless_a_rule_says_so(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    closed(api, "Cellar")
    outside.send(letter(UNA, "By mail", "Hello"))
    work()
    after(app, 9999)
    assert (subjects(api), counts(api)) == ({"Cellar", "By mail"}, [])


@on_both
@mails_for_a_month
def test_of_an_old_mail_a_few_headers_are_left(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    outside.send(letter(UNA, "Water", "It rises.", **{"X-Canary": "sings"}))
    work()
    [mail] = called(api, "/inbound")["items"]
    after(app, 29)
    assert b"It rises." in api.get(f"/inbound/{mail['uuid']}/raw").data
    after(app, 31)
    raw = api.get(f"/inbound/{mail['uuid']}/raw").data
    assert b"Subject: Water" in raw
    assert GONE.encode() in raw
    assert found_anywhere(app, "X-Canary") == []
    with app.app_context():
        assert db.session.query(RawEmail.sha256).scalar() == db.session.query(InboundEmail.sha256).scalar()
    [case] = called(api, "/cases")["items"]
    assert "It rises." in str(called(api, f"/cases/{case['uuid']}/messages"))
    after(app, 32)
    assert counts(api) == [{"raw_emails": 1}]


@mails_for_a_month
def test_a_mail_that_waits_for_the_team_stays_whole(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA, "Water")
    work()
    outside.send(letter("eve@stranger.test", f"Re: [Case {case['reference']}] Water", "Let me in."))
    work()
    assert [mail["outcome"] for mail in called(api, "/inbound")["items"]] == ["held"]
    after(app, 31)
    assert counts(api) == []


@pytest.mark.settings(CASEY_MAIL_KEEP_RAW="30d", CASEY_MAIL_THIRD_PARTY="reject")
def test_a_dropped_mail_is_not_decided_about_again(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA, "Water")
    work()
    outside.send(letter("eve@stranger.test", f"Re: [Case {case['reference']}] Water", "Let me in."))
    work()
    [mail] = called(api, "/inbound")["items"]
    assert mail["outcome"] == "ignored"
    after(app, 31)
    refused = api.post(f"/inbound/{mail['uuid']}/replay")
    assert (refused.status_code, "mailKeepRaw" in refused.json["detail"]) == (409, True)


@on_both
@pytest.mark.settings(CASEY_CASE_KEEP_CLOSED="365d", CASEY_MAIL_KEEP_RAW="30d")
def test_what_is_due_is_found_by_an_index(app: Flask, cast: Cast) -> None:
    with app.app_context(), plans() as found:
        old_cases(skip=0)
        old_mails(skip=0)
    explained = "".join(found)
    assert "ix_cases_closed_at_id" in explained
    assert "ix_inbound_emails_received_at_id_whole" in explained
    assert "TEMP B-TREE" not in explained
    assert "Sort Key" not in explained


def test_the_rules_come_round() -> None:
    assert {"retention.remove_old_cases", "retention.drop_old_mails"} <= set(TASKS)

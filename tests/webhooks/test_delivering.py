"""Whoever asked for it is told of every event, in the order of each case, until he says that he heard it."""

import base64
from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.clock import now
from app.extensions import db
from app.jobs import webhooks as jobs
from app.webhooks.delivering import due_deliveries, webhooks_due
from app.webhooks.models import WebhookDelivery
from tests.api_client import Api
from tests.cast import BEN, OLGA, UNA
from tests.conftest import Worker, on_both
from tests.plans import plans
from tests.sandbox import Outside
from tests.webhooks.receiver import Receiver

pytestmark = pytest.mark.settings(CASEY_WEBHOOK_ALLOW_PRIVATE="true")


def tell(app: Flask) -> None:
    """What a worker does about webhooks, once."""
    with app.app_context():
        jobs.dispatch()


def health(api: Api) -> str:
    return str(api.client.get("/health/ready").json["webhooks"])


def log(api: Api, after: int = 0) -> list[Any]:
    found: list[Any] = []
    while (page := api.get(f"/events?after={after}&limit=200").json)["items"]:
        found, after = found + page["items"], page["next"]
    return found


def of_cases(events: list[Any]) -> dict[str, list[int]]:
    """The numbers of the events of each case, in the order in which they stand."""
    found = defaultdict(list)
    for event in events:
        if event["case"]:
            found[event["case"]["uuid"]].append(event["sequence"])
    return found


@on_both
def test_everything_that_happens_is_told_as_the_log_tells_it(
    app: Flask, api: Api, receiver: Receiver, webhook: str
) -> None:
    start = log(api)[-1]["sequence"] - 1
    case = api.opened(UNA)
    api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "Hi"})
    tell(app)
    assert sorted(receiver.taken, key=lambda one: one["sequence"]) == log(api, start)
    rows = api.get(f"{webhook}/deliveries?limit=200").json["items"]
    assert {(one["status"], one["status_code"], one["answer"], one["attempts"]) for one in rows} == {
        ("delivered", 200, "Thank you.", 1)
    }
    tell(app)
    assert len(receiver.taken) == len(rows)


def test_only_what_was_asked_for_is_told(app: Flask, api: Api, receiver: Receiver, webhook: str) -> None:
    api.patch(webhook, {"events": ["case_*", "message_posted"]})
    case = api.opened(UNA)
    api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "Hi"})
    api.post(f"/cases/{case['uuid']}/close")
    tell(app)
    assert receiver.names() == ["case_opened", "message_posted", "case_closed"]


@on_both
def test_a_receiver_that_was_down_for_a_day_gets_everything_in_order(
    app: Flask, api: Api, receiver: Receiver, webhook: str
) -> None:
    start = log(api)[-1]["sequence"] - 1
    cases = [api.opened(UNA, subject=f"Case {number}")["uuid"] for number in range(3)]
    receiver.leave()
    began = now()
    for hour in range(24):
        with time_machine.travel(began + timedelta(hours=hour), tick=False):
            verb = "reopen" if hour % 2 else "close"
            api.post(f"/cases/{cases[hour % 3]}/{verb}")
            tell(app)
    receiver.come_back()
    with time_machine.travel(began + timedelta(hours=25), tick=False):
        tell(app)
    events = log(api, start)
    assert sorted(one["sequence"] for one in receiver.taken) == [one["sequence"] for one in events]
    assert of_cases(receiver.taken) == of_cases(events)
    assert not api.get(webhook).json["disabled"]


def test_the_next_event_of_a_case_waits_for_the_one_before(
    app: Flask, api: Api, receiver: Receiver, webhook: str
) -> None:
    api.patch(webhook, {"events": ["case_*"]})
    receiver.refuses = {"case_opened"}
    case = api.opened(UNA)
    api.post(f"/cases/{case['uuid']}/close")
    tell(app)
    assert receiver.taken == []
    receiver.refuses = {"case_closed"}
    other = api.opened(UNA)
    tell(app)
    assert [one["case"]["uuid"] for one in receiver.taken] == [other["uuid"]]
    receiver.refuses = set()
    with time_machine.travel(now() + timedelta(seconds=6)):
        tell(app)
    assert receiver.names() == ["case_opened", "case_opened", "case_closed"]


def test_a_refusal_is_kept_with_the_beginning_of_the_answer_and_tried_ever_more_slowly(
    app: Flask, api: Api, receiver: Receiver, webhook: str
) -> None:
    receiver.status = 302
    api.post(f"{webhook}/test")
    pauses = []
    for _ in range(5):
        tell(app)
        row = api.get(f"{webhook}/deliveries").json["items"][0]
        with app.app_context():
            due = db.session.scalars(db.select(WebhookDelivery).order_by(WebhookDelivery.id.desc())).first()
            assert due is not None
            pauses.append(round((due.next_at - now()).total_seconds() / 5) * 5)
            due.next_at = now()
            db.session.commit()
    assert pauses == [5, 300, 1800, 3600, 3600]
    assert (row["status"], row["status_code"], len(row["answer"])) == ("waiting", 302, 500)
    assert api.get(webhook).json["failing_since"] is not None


def test_a_webhook_that_takes_nothing_for_three_days_is_disabled_and_goes_on_when_it_is_enabled(
    app: Flask, api: Api, receiver: Receiver, webhook: str
) -> None:
    receiver.status = 500
    assert health(api) == "ok"
    tell(app)
    assert health(api) == "in trouble"
    with time_machine.travel(now() + timedelta(days=3)):
        tell(app)
        shown = api.get(webhook).json
        assert health(api) == "in trouble"
        assert shown["disabled"]
        assert shown["disabled_reason"] == "Nothing was accepted for three days. The last answer was: 500"
        [event] = api.get("/events?name=webhook_disabled").json["items"]
        assert event["subject"] == {"kind": "webhook", "uuid": shown["uuid"]}
        receiver.status = 200
        tell(app)
        assert receiver.taken == []
        api.opened(UNA)
        assert not api.patch(webhook, {"disabled": False}).json["disabled"]
        tell(app)
        assert health(api) == "ok"
    assert {"webhook_created", "case_opened", "webhook_enabled"} <= set(receiver.names())


def test_both_secrets_sign_for_a_day_after_a_change(app: Flask, api: Api, receiver: Receiver, webhook: str) -> None:
    former = receiver.secret
    fresh = api.post(f"{webhook}/secret").json["secret"]
    assert former != fresh
    for secret in (former, fresh):
        receiver.secret = secret
        api.post(f"{webhook}/test")
        tell(app)
    assert receiver.names().count("webhook_tested") == 2
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        api.post(f"{webhook}/test")
        tell(app)
    assert len(receiver.heard[-1]["webhook-signature"].split()) == 1


def test_the_secret_is_shown_when_it_is_made_and_nowhere_else(api: Api, receiver: Receiver, webhook: str) -> None:
    shown = [api.get(path).text for path in ("/webhooks", webhook, f"{webhook}/deliveries", "/events?limit=200")]
    assert not any(receiver.secret in text or "secret" in text.replace("webhook_secret", "") for text in shown)


def test_a_test_reaches_a_webhook_that_asks_for_other_things(
    app: Flask, api: Api, receiver: Receiver, webhook: str
) -> None:
    api.patch(webhook, {"events": ["case_closed"]})
    api.post(f"{webhook}/test")
    tell(app)
    assert receiver.names() == ["webhook_tested"]


def test_an_event_is_delivered_again_under_the_same_id(app: Flask, api: Api, receiver: Receiver, webhook: str) -> None:
    api.patch(webhook, {"events": ["case_closed"]})
    api.post(f"{webhook}/test")
    tell(app)
    [row] = api.get(f"{webhook}/deliveries").json["items"]
    again = api.post(f"{webhook}/deliveries/{row['uuid']}/redeliver")
    assert (again.status_code, again.json["status"]) == (200, "waiting")
    tell(app)
    assert [one["webhook-id"] for one in receiver.heard] == [row["uuid"]] * 2
    assert receiver.taken[0] == receiver.taken[1]


def test_a_deleted_webhook_is_told_nothing(app: Flask, api: Api, receiver: Receiver, webhook: str) -> None:
    assert api.delete(webhook).status_code == 200
    api.opened(UNA)
    tell(app)
    assert receiver.heard == []
    assert api.get(webhook).status_code == 404


def test_a_message_is_signed_as_the_standard_says(app: Flask, api: Api, receiver: Receiver, webhook: str) -> None:
    api.post(f"{webhook}/test")
    tell(app)
    headers = receiver.heard[0]
    assert headers["webhook-signature"].startswith("v1,")
    assert len(base64.b64decode(headers["webhook-signature"].removeprefix("v1,"))) == 32


@on_both
def test_an_event_that_is_always_refused_is_given_up_and_the_next_of_its_case_is_told(
    app: Flask, api: Api, receiver: Receiver, webhook: str
) -> None:
    api.patch(webhook, {"events": ["case_*"]})
    receiver.refuses = {"case_opened"}
    case = api.opened(UNA)
    api.post(f"/cases/{case['uuid']}/close")
    began = now()
    for day in range(4):
        with time_machine.travel(began + timedelta(days=day, minutes=day)):
            api.post(f"{webhook}/test")
            tell(app)
            tell(app)
    shown = api.get(webhook).json
    assert not shown["disabled"]
    assert shown["failing_since"] is None
    assert "case_closed" in receiver.names()
    rows = {one["name"]: one for one in api.get(f"{webhook}/deliveries").json["items"]}
    assert rows["case_closed"]["status"] == "delivered"
    given_up = rows["case_opened"]
    assert (given_up["status"], given_up["status_code"], given_up["next_at"]) == ("failed", 500, None)
    receiver.refuses = set()
    assert api.post(f"{webhook}/deliveries/{given_up['uuid']}/redeliver").json["status"] == "waiting"
    tell(app)
    assert receiver.names()[-1] == "case_opened"


@on_both
def test_what_is_due_is_found_by_the_indexes_of_what_is_not_settled(
    app: Flask, api: Api, receiver: Receiver, webhook: str
) -> None:
    with app.app_context(), plans() as found:
        due_deliveries(1, 20)
        webhooks_due()
    assert found[0].count("undelivered") == 2, found
    assert "undelivered" in found[1], found


def test_the_admins_are_told_by_mail_when_a_webhook_disables_itself(
    app: Flask, api: Api, receiver: Receiver, webhook: str, outside: Outside, work: Worker
) -> None:
    receiver.status = 500
    tell(app)
    with time_machine.travel(now() + timedelta(days=3)):
        work()
        [mail] = outside.inbox(OLGA)
    assert mail["Subject"] == "A webhook has been disabled: 127.0.0.1"
    text = " ".join(mail.get_content().split())
    assert "Nothing was accepted for three days. The last answer was: 500" in text
    assert webhook in text
    assert outside.inbox(BEN) == []


def test_nobody_is_mailed_about_a_webhook_that_somebody_has_disabled(
    api: Api, webhook: str, outside: Outside, work: Worker
) -> None:
    api.patch(webhook, {"disabled": True})
    work()
    assert outside.inbox(OLGA) == []

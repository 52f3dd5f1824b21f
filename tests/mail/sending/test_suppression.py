"""An address whose mail comes back twice is written to no more, until somebody knows better."""

from datetime import timedelta

import pytest
from flask import Flask

from app.clock import now
from app.extensions import db
from app.mail.models import Delivery, OutboundEmail, Rejection
from app.mail.sending.delivering.delivery import claim_mail
from app.mail.sending.delivering.outcomes import Refused, Sent
from app.mail.sending.delivering.settling import settle
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both
from tests.mail.desk import BY_NAME, DELIVERED, FULL, UNKNOWN, Desk
from tests.sandbox import Outside


@pytest.fixture
def desk(app: Flask, api: Api, outside: Outside, work: Worker) -> Desk:
    return Desk(app, api, outside, work)


@on_both
def test_after_two_mails_came_back_nothing_is_sent_to_the_address(desk: Desk) -> None:
    desk.came_back_twice()
    before = len(desk.outside.inbox(UNA))
    mail = desk.written()
    assert (mail.status, mail.rejection, mail.attempts) == (Delivery.REJECTED, Rejection.DROPPED, 0)
    assert str(mail.answer).startswith("Not sent: two mails to this address came back.")
    assert len(desk.outside.inbox(UNA)) == before
    assert desk.address().suppressed_at is not None
    assert desk.events("address_suppressed") == [mail.case_id]


def test_one_mail_that_came_back_is_not_enough(desk: Desk) -> None:
    desk.reported(UNKNOWN, desk.mails[0])
    assert desk.written().status is Delivery.SENT
    assert desk.address().bounces == 1


def test_one_mail_that_comes_back_twice_is_not_enough(desk: Desk) -> None:
    first = desk.mails[0]
    desk.reported(UNKNOWN, first)
    desk.reported(BY_NAME["qmail-unknown-user-text"], first)
    assert (desk.address().bounces, desk.address().suppressed_at) == (1, None)


def test_a_full_mailbox_is_no_reason_to_stop(desk: Desk) -> None:
    for _ in range(3):
        desk.reported(FULL, desk.written())
    assert (desk.address().bounces, desk.address().suppressed_at) == (0, None)


def test_mail_that_waits_for_the_address_is_kept_here(desk: Desk) -> None:
    first, second = desk.mails[0], desk.written()
    desk.api.post(f"/cases/{desk.case}/messages", {"from": BEN, "message": "This one waits."})
    with desk.app.app_context(), transaction():
        waiting = db.session.get_one(OutboundEmail, desk.mails[-1].id)
        waiting.status, waiting.next_at = Delivery.DEFERRED, now() + timedelta(hours=4)
    for mail in (first, second):
        desk.reported(UNKNOWN, mail)
    assert (desk.mails[-1].status, desk.mails[-1].rejection) == (Delivery.REJECTED, Rejection.DROPPED)


def test_others_in_the_case_get_their_mail(desk: Desk) -> None:
    desk.came_back_twice()
    before = len(desk.outside.inbox(BEN))
    desk.api.post(f"/cases/{desk.case}/messages", {"from": UNA, "message": "I write over the web."})
    desk.work()
    assert len(desk.outside.inbox(BEN)) == before + 1


def test_a_later_mail_that_arrives_forgives_the_first(desk: Desk) -> None:
    desk.reported(UNKNOWN, desk.mails[0])
    desk.reported(DELIVERED, desk.written())
    desk.reported(UNKNOWN, desk.written())
    assert (desk.address().bounces, desk.address().suppressed_at) == (1, None)


def test_a_mail_that_arrives_all_the_same_lifts_the_suppression(desk: Desk) -> None:
    later = desk.written()
    desk.came_back_twice()
    desk.reported(DELIVERED, later)
    assert (desk.address().bounces, desk.address().suppressed_at) == (0, None)
    assert len(desk.events("address_restored")) == 1
    assert desk.written().status is Delivery.SENT


@on_both
def test_a_retry_writes_to_the_address_again(desk: Desk) -> None:
    desk.came_back_twice()
    mail = desk.written()
    before = len(desk.outside.inbox(UNA))
    assert desk.api.post(f"/deliveries/{mail.uuid}/retry").status_code == 200
    desk.work()
    assert (desk.mails[-1].status, desk.mails[-1].message_id) == (Delivery.SENT, mail.message_id)
    assert len(desk.outside.inbox(UNA)) == before + 1
    assert (desk.address().bounces, desk.address().suppressed_at) == (0, None)
    assert desk.written().status is Delivery.SENT


def test_a_report_may_be_quicker_than_the_answer_of_the_server(desk: Desk) -> None:
    desk.api.post(f"/cases/{desk.case}/messages", {"from": BEN, "message": "Which table?"})
    mail = desk.mails[-1]
    with desk.app.app_context():
        with transaction():
            claim = claim_mail(mail.id)
        assert claim
    desk.reported(UNKNOWN, mail)
    with desk.app.app_context(), transaction():
        settle(claim, Sent("250 queued as <renamed@relay.test>"))
    settled = desk.mails[-1]
    assert (settled.status, settled.rejection) == (Delivery.REJECTED, Rejection.BOUNCE)
    assert settled.relay_message_id == "<renamed@relay.test>"
    assert "User unknown" in str(settled.answer)
    with desk.app.app_context(), transaction():
        settle(claim, Refused("554 too late"))
    assert desk.mails[-1].rejection is Rejection.BOUNCE

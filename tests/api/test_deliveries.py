"""How far the mails of a case got, over HTTP."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from app.extensions import db
from app.listing.cursors import wrapped
from app.mail.models import Delivery, OutboundEmail, Rejection
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker
from tests.mail.rows import outbound_to
from tests.sandbox import Outside

Json = dict[str, Any]


def test_each_mail_of_a_case_says_how_far_it_got(api: Api, work: Worker) -> None:
    case = api.opened(UNA)
    waiting = api.get(f"/cases/{case['uuid']}/deliveries").json["items"]
    assert {(one["status"], one["attempts"], one["sent_at"]) for one in waiting} == {("queued", 0, None)}
    assert all(one["next_at"] for one in waiting)
    work()
    sent = api.get(f"/case/{case['uuid']}/deliveries").json["items"]
    assert [one["uuid"] for one in sent] == [one["uuid"] for one in waiting]
    assert {(one["purpose"], one["to"]["email"]) for one in sent} >= {("initial", UNA), ("invitation", BEN)}
    assert {(one["status"], one["attempts"], one["next_at"]) for one in sent} == {("sent", 1, None)}
    assert {one["message"] for one in sent} == {case["messages"][0]["uuid"]}


def test_the_list_goes_on_behind_its_cursor(api: Api) -> None:
    case = api.opened(UNA)
    api.opened(UNA)
    path, found, cursor = f"/cases/{case['uuid']}/deliveries?limit=1", [], wrapped(0)
    while cursor is not None:
        answer = api.get(f"{path}&cursor={cursor}").json
        found, cursor = found + answer["items"], answer["next"]
    assert len({one["uuid"] for one in found}) == len(found) == 4


def mail_to_una(api: Api) -> Json:
    """The mail to una that a case of hers has caused."""
    case = api.opened(UNA)
    found: Json = next(
        one for one in api.get(f"/case/{case['uuid']}/deliveries").json["items"] if one["to"]["email"] == UNA
    )
    return found


def rejected(app: Flask, uuid: str, status: Delivery = Delivery.REJECTED) -> None:
    """The mail has ended like this."""
    with app.app_context(), transaction():
        row = db.session.scalars(db.select(OutboundEmail).where(OutboundEmail.uuid == UUID(uuid))).one()
        row.status, row.rejection, row.answer, row.attempts = status, Rejection.ERROR, "554 No", 7


def test_a_single_delivery_can_be_looked_at(api: Api, work: Worker) -> None:
    mail = mail_to_una(api)
    assert api.get(f"/deliveries/{mail['uuid']}").json == mail
    work()
    found = api.get(f"/deliveries/{mail['uuid']}").json
    assert (found["status"], found["rejection"], found["delivered_at"]) == ("sent", None, None)
    assert api.get(f"/deliveries/{uuid4()}").status_code == 404


@pytest.mark.parametrize("status", [Delivery.REJECTED, Delivery.HELD, Delivery.DEFERRED])
def test_a_mail_that_did_not_leave_is_sent_again_under_the_same_id(
    app: Flask, api: Api, work: Worker, outside: Outside, status: Delivery
) -> None:
    mail = mail_to_una(api)
    rejected(app, mail["uuid"], status)
    found = api.post(f"/deliveries/{mail['uuid']}/retry").json
    assert (found["status"], found["attempts"], found["rejection"], found["answer"]) == ("queued", 0, None, None)
    work()
    assert api.get(f"/deliveries/{mail['uuid']}").json["status"] == "sent"
    assert [one["Message-ID"] for one in outside.inbox(UNA)] == [outbound_to(app, UNA)[0].message_id]


@pytest.mark.parametrize("status", [Delivery.QUEUED, Delivery.SENDING, Delivery.SENT, Delivery.DELIVERED])
def test_a_mail_that_is_on_its_way_is_not_sent_again(app: Flask, api: Api, status: Delivery) -> None:
    mail = mail_to_una(api)
    rejected(app, mail["uuid"], status)
    answer = api.post(f"/deliveries/{mail['uuid']}/retry")
    assert answer.status_code == 409
    assert answer.json["detail"].startswith("This mail ")
    assert api.get(f"/deliveries/{mail['uuid']}").json["status"] == status


def test_nobody_who_was_taken_out_or_disabled_is_written_to_by_a_retry(app: Flask, api: Api, cast: Cast) -> None:
    first, second = mail_to_una(api), mail_to_una(api)
    case = api.get("/cases").json["items"][0]["uuid"]
    api.delete(f"/cases/{case}/participants/{cast.una.uuid}")
    assert api.get(f"/deliveries/{second['uuid']}").json["rejection"] == "dropped"
    assert api.post(f"/deliveries/{second['uuid']}/retry").status_code == 409
    api.patch(f"/persons/{cast.una.uuid}", {"disabled": True})
    assert api.get(f"/deliveries/{first['uuid']}").json["status"] == "rejected"
    assert api.post(f"/deliveries/{first['uuid']}/retry").json["detail"] == "This person is not written to any more."


def test_an_integrator_who_knows_it_says_that_a_mail_arrived(api: Api, work: Worker) -> None:
    mail = mail_to_una(api)
    assert api.post(f"/deliveries/{mail['uuid']}/delivered").status_code == 409
    work()
    first = api.post(f"/deliveries/{mail['uuid']}/delivered").json
    assert first["status"] == "delivered"
    assert first["delivered_at"]
    assert api.post(f"/deliveries/{mail['uuid']}/delivered").json == first


def test_a_mail_that_was_refused_has_not_arrived_whoever_says_so(app: Flask, api: Api) -> None:
    mail = mail_to_una(api)
    rejected(app, mail["uuid"])
    answer = api.post(f"/deliveries/{mail['uuid']}/delivered")
    assert (answer.status_code, answer.json["detail"]) == (
        409,
        "This mail is rejected; only one that was sent can have arrived.",
    )

"""Editing and deleting what was written, while mail of it waits and after."""

import pytest
from flask import Flask

from app.extensions import db
from app.mail.models import OutboundEmail
from app.mail.sending.delivering.delivery import send
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.sandbox import Outside


@pytest.fixture
def path(api: Api, work: Worker) -> str:
    """Where a message of ben's is, of which nothing has been mailed yet."""
    case = api.opened(UNA)["uuid"]
    work()
    return f"/cases/{case}/messages/{api.post(f'/cases/{case}/messages', {'from': BEN, 'message': 'Hi'}).json['uuid']}"


def texts(outside: Outside) -> list[str]:
    return [mail.get_body(("plain",)).get_content() for mail in outside.inbox(UNA)]  # type: ignore[union-attr]


@on_both
def test_what_waits_is_mailed_as_edited_and_what_was_mailed_is_not_mailed_again(
    app: Flask, api: Api, path: str, work: Worker, outside: Outside, cast: Cast
) -> None:
    api.patch(path, {"message": "Hello"})
    work()
    api.patch(path, {"message": "Good day"})
    work()
    assert ["Hello" in text for text in texts(outside)] == [False, True]
    with app.app_context():
        edits = happened("message_edited")
        assert [old for _, old, _, _ in edits] == [{"body": "Hi", "html": None}, {"body": "Hello", "html": None}]
        assert {by for *_, by in edits} == {cast.olga.id}


@on_both
def test_a_deleted_message_is_not_mailed(app: Flask, api: Api, path: str, work: Worker, outside: Outside) -> None:
    api.delete(path)
    work()
    assert len(texts(outside)) == 1
    [delivery] = [one for one in api.get(path.partition("/messages")[0] + "/deliveries").json["items"] if is_hers(one)]
    assert (delivery["status"], delivery["answer"]) == ("rejected", "This message has been deleted.")


def is_hers(delivery: dict[str, object]) -> bool:
    return delivery["purpose"] == "message" and delivery["to"]["email"] == UNA  # type: ignore[index]


def test_a_deleted_message_is_not_mailed_by_whoever_has_taken_it_already(
    app: Flask, api: Api, path: str, outside: Outside
) -> None:
    api.delete(path)
    with app.app_context():
        with transaction():
            mail = db.session.scalars(db.select(OutboundEmail).order_by(OutboundEmail.id.desc())).first()
            assert mail is not None
            mail.status = "sending"  # type: ignore[assignment]
            id = mail.id
        assert send(id)
        assert db.session.get_one(OutboundEmail, id).status == "held"
    assert len(texts(outside)) == 1


def test_saying_the_same_again_is_no_edit(app: Flask, api: Api, path: str) -> None:
    assert api.patch(path, {"message": "Hi"}).json["edited_at"] is None
    with app.app_context():
        assert happened("message_edited") == []

"""A text that is struck out leaves no trace where one would not look for it, and breaks nothing on its way."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.bulk import running
from app.extensions import db
from app.mail.models import OutboundEmail
from app.people.models import Person
from app.privacy import walking
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.export.exported import file_of
from tests.letters import letter
from tests.privacy.calls import called, state_of
from tests.privacy.canary import found_anywhere
from tests.privacy.orders import redacted
from tests.sandbox import Outside

CARD = "4111 2222 3333"
NUMBER = 411122223333


@on_both
def test_numbers_in_own_data_go_too(app: Flask, api: Api, work: Worker) -> None:
    case = api.opened(UNA)["uuid"]
    api.post("/fields", {"level": "case", "key": "card", "title": "Card", "type": "number"})
    new = {"meta": {"card": NUMBER, "cards": [NUMBER]}, "fields": {"card": NUMBER}}
    assert api.patch(f"/cases/{case}", new).status_code == 200
    redacted(api, work, text=str(NUMBER))
    assert found_anywhere(app, str(NUMBER)) == []
    assert called(api, f"/cases/{case}")["meta"] == {"card": "[redacted]", "cards": ["[redacted]"]}


@on_both
def test_in_one_case_its_fields_go_too(app: Flask, api: Api, work: Worker) -> None:
    case, other = api.opened(UNA)["uuid"], api.opened(UNA)["uuid"]
    api.post("/fields", {"level": "case", "key": "card", "title": "Card", "type": "text"})
    for one in (case, other):
        assert api.patch(f"/cases/{one}", {"fields": {"card": CARD}}).status_code == 200
    redacted(api, work, text=CARD, case=case)
    assert called(api, f"/cases/{case}")["fields"] == {"card": "[redacted]"}
    assert called(api, f"/cases/{other}")["fields"] == {"card": CARD}


@on_both
def test_in_one_case_what_was_merged_into_it_goes_too(app: Flask, api: Api, work: Worker) -> None:
    into, merged = api.opened(UNA)["uuid"], api.opened(UNA, f"My card {CARD}", CARD)["uuid"]
    [message] = called(api, f"/cases/{merged}/messages")["items"]
    api.patch(f"/cases/{merged}/messages/{message['uuid']}", {"message": "It is gone"})
    assert api.post(f"/cases/{merged}/merge", {"into": into}).status_code == 200
    redacted(api, work, text=CARD, case=into)
    assert found_anywhere(app, CARD) == []


@on_both
def test_an_export_that_is_being_written_begins_again(
    app: Flask, api: Api, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.opened(UNA, f"My card {CARD}")
    work()
    monkeypatch.setattr(running, "SECONDS", -1.0)  # a step a ring
    export = called(api, "/exports/cases", {"format": "ndjson"})["uuid"]
    _ring(app, 1, 2)
    redaction = called(api, "/redactions", {"text": CARD})["uuid"]
    while state_of(api, redaction) in {"waiting", "running"}:
        _ring(app, 2)
    while state_of(api, export) in {"waiting", "running"}:
        _ring(app, 1)
    content = file_of(api, {"uuid": export})
    assert b"My card [redacted]" in content
    assert CARD.encode() not in content


def _ring(app: Flask, job: int, times: int = 1) -> None:
    for _ in range(times):
        with app.app_context():
            running.run_job(job)
            db.session.remove()


@on_both
def test_a_held_mail_that_lost_its_content_becomes_no_message(
    app: Flask, api: Api, work: Worker, outside: Outside, cast: Cast
) -> None:
    case = api.opened(UNA)
    work()
    outside.send(letter(EVE, f"Re: [Case {case['reference']}]", f"Pay with {CARD}."))
    work()
    redacted(api, work, text=CARD)
    [mail] = called(api, "/inbound")["items"]
    for verb in ("replay", "admit"):
        refused = api.post(f"/inbound/{mail['uuid']}/{verb}")
        assert (refused.status_code, "had to go" in refused.json["detail"]) == (409, True)
    assert api.post(f"/cases/{case['uuid']}/participants", {"email": EVE}).status_code == 200
    work()
    assert len(called(api, f"/cases/{case['uuid']}/messages")["items"]) == 1
    assert api.post(f"/inbound/{mail['uuid']}/reject").status_code == 200


def test_the_index_of_the_search_does_not_keep_it(app: Flask, api: Api, work: Worker) -> None:
    """SQLite keeps words that are gone in the parts of the index that it has not merged yet."""
    api.opened(UNA, "Xylophonecanary", "Xylophonecanary")
    work()
    redacted(api, work, text="xylophonecanary")
    with app.app_context():
        for index in ("case_words", "post_words"):
            blocks = db.session.scalars(sa.text(f"SELECT block FROM {index}_data")).all()
            assert not any(b"ylophonecan" in block for block in blocks)
    assert len(called(api, "/search?q=redacted")["items"]) == 2


@on_both
def test_words_of_our_own_stay(app: Flask, api: Api, work: Worker, outside: Outside, cast: Cast) -> None:
    """By these mails find their cases, and people their time."""
    with app.app_context(), transaction():
        db.session.get_one(Person, cast.ben.id).time_zone = "Europe/Berlin"
    case = api.opened(UNA, "x", "A post")
    [message] = called(api, f"/cases/{case['uuid']}/messages")["items"]
    api.patch(f"/cases/{case['uuid']}/messages/{message['uuid']}", {"message": "Another post"})
    work()
    for word in ("casey.test", "Europe", "post", "uuid", "sandbox"):
        redacted(api, work, text=word)
    with app.app_context():
        ids = db.session.scalars(sa.select(OutboundEmail.message_id)).all()
    assert all(one.endswith("casey.test>") for one in ids)
    assert called(api, f"/persons/{cast.ben.uuid}")["time_zone"] == "Europe/Berlin"
    for path in ("/events", f"/cases/{case['uuid']}/changelog", "/audit", "/inbound", "/jobs"):
        assert api.get(path).status_code == 200, path


def test_what_is_quoted_from_it_goes(app: Flask, api: Api, work: Worker) -> None:
    case = api.opened(UNA, "x", f"It is {CARD}")["uuid"]
    quoting = "Thanks.\n\n> It is 4111\n> > 2222\n> 3333"
    api.post(f"/cases/{case}/messages", {"from": BEN, "message": quoting})
    redacted(api, work, text=CARD)
    [_, answer] = called(api, f"/cases/{case}/messages")["items"]
    assert answer["message"] == "Thanks.\n\n> It is [redacted]"


def test_a_step_is_left_off_when_it_lasts(app: Flask, api: Api, work: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        api.opened(UNA, f"My card {CARD}", CARD)
    monkeypatch.setattr(running, "SECONDS", -1.0)
    monkeypatch.setattr(walking, "SECONDS", -1.0)  # a row a step
    job = called(api, "/redactions", {"text": CARD})["uuid"]
    _ring(app, 1)
    assert state_of(api, job) == "running"
    assert len(found_anywhere(app, CARD)) > 0
    while state_of(api, job) in {"waiting", "running"}:
        _ring(app, 1)
    assert found_anywhere(app, CARD) == []


def test_the_receipt_counts_by_tables(app: Flask, api: Api, work: Worker) -> None:
    api.opened(UNA, f"My card {CARD}", CARD)
    work()
    receipt: Any = redacted(api, work, text=CARD)
    assert (receipt["cases"], receipt["posts"]) == (1, 1)

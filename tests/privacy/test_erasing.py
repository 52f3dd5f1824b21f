"""Forgetting a person: nothing that is kept says who he was, and the cases are still there."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.bulk import running
from app.bulk.models import BulkJob
from app.cases.attachments import new_attachment
from app.cases.content import NewFile
from app.cases.custom_fields import FieldLevel
from app.cases.editing import edit_post
from app.cases.models import Post
from app.extensions import db
from app.jobs import cases as case_jobs
from app.people.credentials import create_key
from app.people.models import Role
from app.people.persons import create_person
from app.privacy import places
from app.privacy.erasing import LAST_OWNER
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.privacy.calls import called, state_of
from tests.privacy.canary import found_anywhere
from tests.sandbox import Outside

QUILL = "quill.canary@feather.test"
NAME = "Quilla Canaryfeather"


@pytest.fixture
def quill(app: Flask, api: Api, outside: Outside, work: Worker, cast: Cast) -> Any:
    """A customer who has left traces everywhere."""
    new = {"name": NAME, "email": QUILL, "note": f"{NAME} limps"}
    made = api.post("/persons", new, headers={"Idempotency-Key": "q"})
    person = made.json["uuid"]
    api.post(f"/persons/{person}/identities", {"kind": "phone", "value": "+49 30 998877"})
    api.post("/fields", {"level": FieldLevel.PERSON, "key": "nick", "title": "Nick", "type": "text"})
    changes = {"meta": {"crm": NAME}, "signature": NAME, "external_id": "crm-quill", "fields": {"nick": NAME}}
    assert api.patch(f"/persons/{person}", changes).status_code == 200
    outside.send(letter(f"{NAME} <{QUILL}>", f"From {NAME}", f"It burns.\n\n-- \n{NAME}\n{QUILL}"))
    work()
    [case] = called(api, "/cases")["items"]
    case["person"] = person
    api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": f"Dear {NAME}, we write to {QUILL.upper()}."})
    api.post(f"/cases/{case['uuid']}/notes", {"from": BEN, "note": f"{NAME} again, {QUILL}"})
    api.post(f"/cases/{case['uuid']}/ratings", {"from": QUILL, "score": "low", "comment": f"Says {NAME}"})
    outside.send(letter(UNA, "Another matter", f"I heard of it from {QUILL}.", Cc=f"{NAME} <{QUILL}>"))
    work()
    return case


def erased(api: Api, work: Worker, person: str, **more: Any) -> Any:
    ordered = api.post(f"/persons/{person}/erase", more)
    assert ordered.status_code == 202, ordered.text
    work()
    job = called(api, f"/jobs/{ordered.json['uuid']}")
    assert job["status"] == "done", job
    return job["receipt"]


@on_both
def test_nothing_that_is_kept_says_who_he_was(app: Flask, api: Api, work: Worker, quill: Any) -> None:
    assert len(found_anywhere(app, QUILL)) > 10
    receipt = erased(api, work, quill["person"])
    with app.app_context():
        case_jobs.forget_unused_files()
    for word in (QUILL, NAME, "998877", "crm-quill", "limps"):
        assert found_anywhere(app, word) == []
    assert (receipt["identities"], receipt["persons"], receipt["raw_emails"]) == (2, 1, 2)
    assert api.get(f"/persons/{quill['person']}").status_code == 404
    case = called(api, f"/cases/{quill['uuid']}")
    assert case["requester"]["name"] == "Erased person"
    assert "It burns." in str(called(api, f"/cases/{quill['uuid']}/messages"))


@on_both
def test_erasing_again_finds_nothing_more(app: Flask, api: Api, work: Worker, quill: Any) -> None:
    erased(api, work, quill["person"])
    assert erased(api, work, quill["person"]) == {}


def test_with_posts_what_he_wrote_and_sent_goes_too(app: Flask, api: Api, work: Worker, quill: Any) -> None:
    with app.app_context(), transaction():
        mine = db.session.scalars(select(Post).where(Post.body.contains("It burns"))).one()
        mine.attachments.append(new_attachment(NewFile("secret.txt", "text/plain", b"the canary sings")))
        edit_post(mine, "It burns canarily.", by=mine.author)
        edit_post(mine, "It burns.", by=mine.author)
    receipt = erased(api, work, quill["person"], posts=True)
    with app.app_context():
        case_jobs.forget_unused_files()
    assert receipt["attachments"] == 1
    for word in ("It burns", "canarily", "canary sings", "Says"):
        assert found_anywhere(app, word) == []
    [first, answer] = called(api, f"/cases/{quill['uuid']}/messages")["items"]
    assert (first["message"], answer["message"]) == (
        "[erased]",
        "Dear Erased person, we write to erased@erased.invalid.",
    )


def test_work_that_is_broken_off_goes_on_where_it_was(
    app: Flask, api: Api, work: Worker, quill: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SECONDS", -1.0)  # a step a ring
    monkeypatch.setattr(places, "MOST", 5)
    ordered = called(api, f"/persons/{quill['person']}/erase", {})["uuid"]
    rings = 0
    while state_of(api, ordered) in {"waiting", "running"}:
        with app.app_context():
            running.run_job(1)
            db.session.remove()
        rings += 1
    assert rings > 5
    assert found_anywhere(app, QUILL) == []


def test_work_that_is_cancelled_is_ordered_again(
    app: Flask, api: Api, work: Worker, quill: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SECONDS", -1.0)
    monkeypatch.setattr(places, "MOST", 5)
    ordered = called(api, f"/persons/{quill['person']}/erase", {})["uuid"]
    with app.app_context():
        for _ in range(4):
            running.run_job(1)
    assert api.post(f"/jobs/{ordered}/cancel").status_code == 200
    with app.app_context():
        job = db.session.scalars(select(BulkJob)).one()
        assert (job.options, job.state) == ({}, {})
    monkeypatch.undo()
    erased(api, work, quill["person"])
    assert found_anywhere(app, QUILL) == []


def test_a_mail_that_comes_later_is_a_new_persons(
    app: Flask, api: Api, work: Worker, outside: Outside, quill: Any
) -> None:
    erased(api, work, quill["person"])
    outside.send(letter(QUILL, "Here I am again", "Hello"))
    work()
    newest = called(api, "/cases")["items"][0]
    assert newest["requester"]["email"] == QUILL
    assert newest["requester"]["uuid"] != quill["person"]


def test_his_keys_and_links_open_nothing_from_then_on(app: Flask, api: Api, work: Worker, cast: Cast) -> None:
    erased(api, work, str(cast.ben.uuid))
    assert api.as_(cast.keys["ben"]).get("/cases").status_code == 401
    assert found_anywhere(app, BEN) == []


def test_others_keep_their_addresses_and_names(app: Flask, api: Api, work: Worker, quill: Any) -> None:
    """``jquill.canary@...`` is another address, and another person may have the same name."""
    other = api.post("/persons", {"name": NAME, "email": f"j{QUILL}"}).json["uuid"]
    about = api.opened(f"j{QUILL}", "Another case", f"I am {NAME}.")
    erased(api, work, quill["person"])
    assert called(api, f"/persons/{other}")["name"] == NAME
    assert called(api, f"/cases/{about['uuid']}")["requester"]["email"] == f"j{QUILL}"
    assert NAME in str(called(api, f"/cases/{about['uuid']}/messages"))


def test_the_last_owner_and_oneself_cannot_be_erased(app: Flask, api: Api, cast: Cast) -> None:
    with app.app_context(), transaction():
        _, key = create_key("house", Role.OWNER, person=None, by=None)
    refused = api.as_(key).post(f"/persons/{cast.olga.uuid}/erase", {})
    assert (refused.status_code, refused.json["detail"]) == (409, LAST_OWNER)
    with app.app_context(), transaction():
        create_person("Otto", "otto@team.test", role=Role.OWNER, by=None)
    assert api.post(f"/persons/{cast.olga.uuid}/erase", {}).status_code == 409
    assert api.as_(key).post(f"/persons/{cast.olga.uuid}/erase", {}).status_code == 202
    assert api.as_(cast.keys["ben"]).post(f"/persons/{cast.una.uuid}/erase", {}).status_code == 403


def test_it_stands_in_the_audit_log(api: Api, work: Worker, cast: Cast) -> None:
    erased(api, work, str(cast.una.uuid))
    [entry] = called(api, "/audit?name=person_erased")["items"]
    assert entry["subject"] == {"kind": "person", "uuid": str(cast.una.uuid)}
    assert entry["new"]["persons"] == 1

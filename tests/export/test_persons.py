"""What is known about a person, as a file for himself."""

import json
from typing import Any

import pytest
from flask import Flask

from app.bulk import running
from app.cases.attachments import new_attachment
from app.cases.content import NewFile
from app.cases.models import Post
from app.export import person as exporting
from app.export.person_rows import SECTIONS
from app.extensions import db
from app.people.models import Person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.export.exported import file_of
from tests.letters import letter
from tests.plans import plans
from tests.privacy.calls import called, state_of
from tests.sandbox import Outside

NOTE = "canary in a note"


@pytest.fixture
def case(app: Flask, api: Api, outside: Outside, work: Worker, cast: Cast) -> Any:
    """A case in which all kinds of things happened, which names the team wherever it can."""
    api.post("/fields", {"level": "person", "key": "nick", "title": "Nick", "type": "text"})
    mine = {"fields": {"nick": "Uni"}, "meta": {"contact": BEN}, "note": NOTE, "external_id": "crm-7"}
    assert api.patch(f"/persons/{cast.una.uuid}", mine).status_code == 200
    outside.send(letter(f"Una Customer <{UNA}>", f"Tell {BEN}", f"Dear {AMY}, it burns."))
    work()
    [found] = called(api, "/cases")["items"]
    with app.app_context(), transaction():
        post = db.session.query(Post).one()
        post.attachments.append(new_attachment(NewFile(f"{BEN}.txt", "text/plain", b"smoke")))
    api.post(f"/cases/{found['uuid']}/messages", {"from": BEN, "message": f"Write to {BEN} or {OLGA}."})
    api.post(f"/cases/{found['uuid']}/notes", {"from": BEN, "note": NOTE})
    api.post(f"/cases/{found['uuid']}/ratings", {"from": UNA, "score": "high", "comment": f"{BEN} is good"})
    api.opened("eve@stranger.test", "A matter of others", "Nothing for una")
    work()
    return found


def told(api: Api, work: Worker, person: object) -> Any:
    ordered = api.post(f"/persons/{person}/export")
    assert ordered.status_code == 202, ordered.text
    work()
    job = called(api, f"/jobs/{ordered.json['uuid']}")
    assert job["status"] == "done", job
    return json.loads(file_of(api, job))


@on_both
def test_all_that_is_known_is_in_it(api: Api, work: Worker, cast: Cast, case: Any) -> None:
    file = told(api, work, cast.una.uuid)
    assert (file["person"]["name"], file["person"]["fields"]) == ("Una Customer", {"nick": "Uni"})
    assert [one["value"] for one in file["person"]["identities"]] == [UNA]
    assert [one["uuid"] for one in file["cases"]] == [case["uuid"]]
    assert [(one["mine"], one["team"]) for one in file["messages"]] == [(True, False), (False, True)]
    assert "it burns." in file["messages"][0]["pieces"][0]["text"]
    assert [(one["score"], one["message"]) for one in file["ratings"]] == [("high", None)]
    assert [(one["size"], len(one["sha256"])) for one in file["files"]] == [(5, 64)]
    assert [(one["from"], one["outcome"]) for one in file["mails_from"]] == [(UNA, "opened")]
    assert {one["to"] for one in file["mails_to"]} == {UNA}
    assert {one["status"] for one in file["mails_to"]} <= {"sent", "delivered"}


@on_both
def test_no_note_and_no_address_of_the_team_is_in_it(api: Api, work: Worker, cast: Cast, case: Any) -> None:
    text = json.dumps(told(api, work, cast.una.uuid))
    for canary in (BEN, AMY, OLGA, NOTE, "eve@", "others", "Nothing for una"):
        assert canary not in text


def test_what_he_was_taken_out_of_is_not_his_to_see(api: Api, work: Worker, cast: Cast, case: Any) -> None:
    assert api.delete(f"/cases/{case['uuid']}/participants/{cast.una.uuid}").status_code in {200, 204}
    file = told(api, work, cast.una.uuid)
    assert (file["cases"], file["messages"]) == ([], [])


def test_one_of_the_team_reads_addresses_but_no_notes(api: Api, work: Worker, cast: Cast, case: Any) -> None:
    api.post(f"/cases/{case['uuid']}/participants", {"email": BEN})
    text = json.dumps(told(api, work, cast.ben.uuid))
    assert AMY in text
    assert NOTE not in text


@on_both
def test_work_that_is_broken_off_goes_on_where_it_was(
    app: Flask, api: Api, work: Worker, cast: Cast, case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(api, work, cast.una.uuid)
    monkeypatch.setattr(running, "SECONDS", -1.0)  # a step a ring
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    job = called(api, f"/persons/{cast.una.uuid}/export", {})["uuid"]
    rings = 0
    while state_of(api, job) in {"waiting", "running"}:
        with app.app_context():
            running.run_job(2)
            db.session.remove()
        rings += 1
    assert rings > 10
    assert json.loads(file_of(api, {"uuid": job})) == whole


@on_both
def test_all_of_it_is_found_by_indexes(app: Flask, api: Api, work: Worker, cast: Cast, case: Any) -> None:
    with app.app_context(), plans() as found:
        for section in SECTIONS:
            exporting._rows(section, db.session.get_one(Person, cast.una.id), [0] * len(section.key))
    explained = "".join(found)
    for table in ("participants", "posts", "ratings", "attachments", "inbound_emails", "outbound_emails"):
        assert f"SCAN {table}" not in explained
        assert f"Seq Scan on {table}" not in explained


def test_who_was_erased_is_not_told_of(api: Api, work: Worker, cast: Cast) -> None:
    api.post(f"/persons/{cast.una.uuid}/erase", {})
    work()
    assert api.post(f"/persons/{cast.una.uuid}/export").status_code == 404


def test_the_audit_log_says_who_was_exported(api: Api, cast: Cast) -> None:
    assert api.post(f"/persons/{cast.una.uuid}/export").status_code == 202
    [entry] = called(api, "/audit?name=export_ordered")["items"]
    assert entry["new"] == {"person": str(cast.una.uuid)}
    assert api.as_(cast.keys["ben"]).post(f"/persons/{cast.una.uuid}/export").status_code == 403

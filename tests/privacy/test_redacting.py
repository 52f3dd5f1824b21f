"""Striking out a text wherever it stands: in one case, or in all of the house."""

from base64 import b64encode
from typing import Any

import pytest
from flask import Flask

from app.bulk import running
from app.privacy import places
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.privacy.calls import called, state_of
from tests.privacy.canary import found_anywhere
from tests.sandbox import Outside

CARD = "4111 2222 Vögel"


@pytest.fixture
def case(app: Flask, api: Api, outside: Outside, work: Worker, cast: Cast) -> Any:
    """A case in which somebody has written what he should not have."""
    mail = letter(UNA, f"My card {CARD}", f"It is {CARD}, see?")
    mail.set_content(f"It is {CARD}, see?", cte="base64")
    mail.add_alternative("<p>It is 4111 <b>2222</b> Vögel</p>", subtype="html", cte="quoted-printable")
    mail.add_attachment(b"x", maintype="text", subtype="plain", filename=f"{CARD}.txt")
    outside.send(mail)
    work()
    [case] = called(api, "/cases")["items"]
    uuid = case["uuid"]
    api.post(f"/cases/{uuid}/messages", {"from": BEN, "message": "Thanks.\n\n> It is 4111\n> 2222 Vögel, see?"})
    note = api.post(f"/cases/{uuid}/notes", {"from": BEN, "note": f"He said {CARD.upper()}!"}).json
    api.patch(f"/cases/{uuid}/notes/{note['uuid']}", {"note": f"He said {CARD}"})
    api.patch(f"/cases/{uuid}", {"meta": {"card": CARD}, "category": CARD})
    again = {"creator": {"email": UNA}, "subject": "Another case", "message": f"Not {CARD} again"}
    case["other"] = api.post("/cases", again, headers={"Idempotency-Key": "once"}).json["uuid"]
    work()
    return case


def redacted(api: Api, work: Worker, **asked: Any) -> Any:
    ordered = api.post("/redactions", asked, headers={"Idempotency-Key": "redact"})
    assert ordered.status_code == 202, ordered.text
    work()
    job = called(api, f"/jobs/{ordered.json['uuid']}")
    assert job["status"] == "done", job
    return job["receipt"]


def anywhere(app: Flask) -> list[str]:
    """Where it still is, in whatever spelling. Four digits alone stand in many a moment, too."""
    spellings = (CARD, "Vögel", "is 4111", r"V\u00f6gel", b64encode(b"It is 4111")[:12].decode())
    return sorted({place for one in spellings for place in found_anywhere(app, one)})


@on_both
def test_a_text_is_nowhere_any_more(app: Flask, api: Api, work: Worker, case: Any) -> None:
    assert len(anywhere(app)) > 8
    receipt = redacted(api, work, text=CARD)
    assert anywhere(app) == []
    assert receipt["posts"] >= 4
    assert receipt["raw_emails"] == 1
    messages = called(api, f"/cases/{case['uuid']}/messages")["items"]
    assert "It is [redacted], see?" in messages[0]["message"]
    assert messages[0]["attachments"][0]["name"] == "[redacted].txt"
    assert called(api, f"/cases/{case['uuid']}")["subject"] == "My card [redacted]"


@on_both
def test_in_one_case_the_others_keep_it(app: Flask, api: Api, work: Worker, case: Any) -> None:
    redacted(api, work, text=CARD, case=case["uuid"])
    assert CARD not in str(called(api, f"/cases/{case['uuid']}/messages"))
    assert CARD in str(called(api, f"/cases/{case['other']}/messages"))
    assert "raw_emails.content" not in anywhere(app)


def test_work_that_is_broken_off_goes_on_where_it_was(
    app: Flask, api: Api, case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SECONDS", -1.0)  # a step a ring
    monkeypatch.setattr(places, "MOST", 5)
    ordered = called(api, "/redactions", {"text": CARD})["uuid"]
    while state_of(api, ordered) in {"waiting", "running"}:
        with app.app_context():
            running.run_job(1)
    assert anywhere(app) == []


@pytest.mark.parametrize("text", ["abc", "   ab   ", "redacted"])
def test_what_cannot_be_redacted_is_refused(api: Api, text: str) -> None:
    refused: Any = api.post("/redactions", {"text": text}).json
    assert [one["field"] for one in refused["errors"]] == ["text"]


def test_it_stands_in_the_audit_log_and_among_the_events(api: Api, work: Worker, case: Any) -> None:
    redacted(api, work, text=CARD)
    [entry] = called(api, "/audit?name=text_redacted")["items"]
    assert entry["subject"] == {"kind": "house", "uuid": None}
    assert entry["new"]["raw_emails"] == 1
    assert "text_redacted" in str(called(api, "/events"))

"""Secrets are taken and used, and never said again: not in answers, not in errors, not in the log."""

import json
import logging
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.config import settings
from app.config.sources import BadConfiguration
from app.extensions import db
from tests.api_client import Api
from tests.cast import Cast

CANARY = "canary-Tr0ub4dor"


def test_secrets_are_masked_and_absent_ones_are_null(api: Api) -> None:
    answer = api.post("/config", {"smtpPassword": "hush"}).json
    assert (answer["smtpPassword"], answer["imapPassword"]) == ("***", None)
    assert api.get("/config").json["smtpPassword"] == "***"


def test_posting_the_mask_keeps_the_secret_and_changes_the_rest(app: Flask, api: Api) -> None:
    api.post("/config", {"smtpPassword": "hush"})
    shown = api.get("/config").json
    assert api.post("/config", {**shown, "mailSyncTimer": 120}).json["mailSyncTimer"] == 120
    with app.app_context():
        assert settings().smtp_password == "hush"


def test_the_mask_is_no_password_where_there_was_none(app: Flask, api: Api) -> None:
    api.post("/config", {"smtpPassword": "***", "smtpUsername": "***"})
    with app.app_context():
        assert (settings().smtp_password, settings().smtp_username) == (None, "***")


def test_a_secret_can_be_taken_away(app: Flask, api: Api) -> None:
    api.post("/config", {"smtpPassword": "hush"})
    assert api.post("/config", {"smtpPassword": None}).json["smtpPassword"] is None
    with app.app_context():
        assert settings().smtp_password is None


def test_no_answer_and_no_line_of_the_log_holds_a_secret(
    app: Flask, api: Api, cast: Cast, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    page = app.test_client()
    answers = [
        api.post("/config", {"smtpPassword": CANARY, "imapPassword": CANARY}),
        api.post("/config", [{"smtpPassword": CANARY}, {"mailSyncTimer": "wrong"}]),
        api.post("/config", {"smtpPassword": [CANARY]}),
        api.post("/config", {"smtpPassword": CANARY + "\n"}),
        api.post("/config", {"smtpPassword": CANARY * 100}),
        api.post("/config", {"imapPassword": CANARY, "imapPasswort": CANARY}),
        api.post("/config", data=json.dumps({"smtpPassword": CANARY})[:-1]),
        api.post("/config", data=f'{{"smtpPassword": "{CANARY}", "smtpPassword": "{CANARY}"}}'),
        api.get("/config"),
        api.as_(f"ck_1_{CANARY}").get("/config"),
        api.post("/config/commit"),
        api.delete("/config/smtpPassword"),
        *(page.get(path) for path in ("/", "/health/live", "/health/ready", "/config", "/sandbox/")),
    ]
    assert [answer.status_code for answer in answers[:4]] == [200, 422, 422, 422]
    assert "smtpPassword" in (tmp_path / "config.json").read_text()
    assert not [answer.text for answer in answers if CANARY in answer.text or CANARY in str(answer.headers)]
    assert CANARY not in caplog.text
    assert cast.keys["olga"] not in caplog.text


def test_an_unexpected_error_while_a_secret_is_changed_does_not_say_it(
    app: Flask, api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        failing = "CREATE TRIGGER failing BEFORE INSERT ON setting_overrides BEGIN SELECT no_such_function(); END"
        db.session.execute(sa.text(failing))
        db.session.commit()
    answer = api.post("/config", {"smtpPassword": CANARY})
    assert answer.status_code == 500
    assert CANARY not in answer.text
    assert CANARY not in caplog.text


def test_a_refused_secret_in_file_or_environment_is_not_repeated(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"smtpPassword": [CANARY], "mailSyncTimer": "x"}))
    with pytest.raises(BadConfiguration, match="smtpPassword must be a string") as refusal:
        create_app(environ)
    assert CANARY not in str(refusal.value)

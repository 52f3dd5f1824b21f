"""A stored password is sent to no other server than before, whoever may change settings."""

import pytest
from flask import Flask

from app.config import settings
from tests.api_client import Api

EVES = {"smtpServer": "mx.eve.test", "imapServer": "imap.eve.test", "smtpPort": 2525, "imapPort": 1430}
stored = pytest.mark.settings(CASEY_SMTP_PASSWORD="hush", CASEY_SMTP_SERVER="mx.domain.tld", CASEY_IMAP_PASSWORD="hush")


@stored
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize(
    ("name", "value"), [*EVES.items(), ("smtpEncryption", "none"), ("imapEncryption", "none"), ("smtpServer", None)]
)
def test_the_server_changes_only_with_its_password(api: Api, name: str, value: object, masked: bool) -> None:
    password = f"{name[:4]}Password"
    before = api.get("/config").json
    answer = api.post("/config", {name: value, **({password: "***"} if masked else {})})
    assert (answer.status_code, answer.json["field"]) == (422, password)
    assert api.get("/config").json == before
    assert api.post("/config", {name: value, password: "another"}).json[name] == value


@stored
def test_taking_changes_back_sends_no_stored_password_elsewhere(app: Flask, api: Api) -> None:
    assert api.post("/config", {"smtpServer": "mx.eve.test", "smtpPassword": "eves"}).status_code == 200
    for name in ("smtpPassword", "smtpServer"):
        answer = api.delete(f"/config/{name}")
        assert (answer.status_code, answer.json["field"]) == (422, "smtpPassword")
    with app.app_context():
        assert (settings().smtp_server, settings().smtp_password) == ("mx.eve.test", "eves")


@stored
def test_what_stays_needs_no_password(api: Api) -> None:
    assert api.post("/config", {**api.get("/config").json, "mailSyncTimer": 5}).status_code == 200


def test_without_a_password_the_server_is_free_to_change(api: Api) -> None:
    assert api.post("/config", {"smtpServer": "mx.domain.tld", "smtpPort": 25}).status_code == 200
    assert api.delete("/config/smtpServer").status_code == 200


@pytest.mark.parametrize(
    ("given", "lacking"), [({"smtpUsername": "casey"}, "smtpPassword"), ({"smtpPassword": "hush"}, "smtpUsername")]
)
def test_half_a_login_is_refused_where_it_would_be_used(api: Api, given: dict[str, str], lacking: str) -> None:
    server = {"smtpAdapter": "smtp", "mailAddress": "help@domain.tld", "smtpServer": "mx.domain.tld"}
    answer = api.post("/config", {**server, **given})
    assert (answer.status_code, answer.json["field"]) == (422, lacking)
    assert "is required when" in answer.json["detail"]
    assert api.post("/config", {**server, **given, lacking: "casey"}).status_code == 200

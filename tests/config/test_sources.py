"""Where settings come from: default < file < environment < run time."""

import json
from pathlib import Path

import pytest

from app import create_app
from app.config.sources import BadConfiguration
from tests.api_client import Api
from tests.cast import assemble
from tests.conftest import environment


def api_of(environ: dict[str, str]) -> Api:
    app = create_app(environ)
    return Api(app.test_client(), assemble(app).keys["olga"])


def written(path: Path, **settings: object) -> Path:
    path.write_text(json.dumps(settings))
    return path


def test_run_time_goes_before_environment_before_file_before_default(environ: dict[str, str], tmp_path: Path) -> None:
    written(tmp_path / "config.json", mailSyncTimer=10, teamInviteCount=10, mailSubjectPrefix="File")
    api = api_of({**environ, "CASEY_TEAM_INVITE_COUNT": "20", "CASEY_MAIL_SUBJECT_PREFIX": "Environment"})
    shown = api.post("/config", {"mailSubjectPrefix": "Run time"}).json
    assert (shown["smtpPort"], shown["mailSyncTimer"]) == (587, 10)
    assert (shown["teamInviteCount"], shown["mailSubjectPrefix"]) == (20, "Run time")


def test_taking_a_run_time_change_back_lets_the_environment_count_again(environ: dict[str, str]) -> None:
    api = api_of({**environ, "CASEY_TEAM_INVITE_COUNT": "20"})
    api.post("/config", {"teamInviteCount": 5})
    answer = api.delete("/config/teamInviteCount")
    assert (answer.status_code, answer.json["teamInviteCount"]) == (200, 20)
    assert api.delete("/config/teamInviteCount").status_code == 404


def test_the_primary_file_is_the_one_that_is_named(environ: dict[str, str], tmp_path: Path) -> None:
    written(tmp_path / "config.json", mailSyncTimer=10)
    named = written(tmp_path / "named.json", mailSyncTimer=11)
    assert api_of({**environ, "CASEY_CONFIG_FILE": str(named)}).get("/config").json["mailSyncTimer"] == 11


def test_null_at_run_time_goes_before_a_value_in_the_file(environ: dict[str, str], tmp_path: Path) -> None:
    written(tmp_path / "config.json", caseCloseIdle="30d")
    assert api_of(environ).post("/config", {"caseCloseIdle": None}).json["caseCloseIdle"] is None


def test_variables_are_read_as_the_kind_their_setting_is_of(environ: dict[str, str]) -> None:
    variables = {
        "CASEY_CASE_CONFIRMATION": "yes",
        "CASEY_CASE_CAN_REOPEN": "0",
        "CASEY_CASE_CLOSE_IDLE": "30d",
        "CASEY_SMTP_PORT": "2525",
        "CASEY_SMTP_PASSWORD": "12345",
        "CASEY_MAIN_DOMAIN": "",
    }
    shown = api_of({**environ, **variables}).get("/config").json
    assert (shown["caseConfirmation"], shown["caseCanReopen"], shown["caseCloseIdle"]) == (True, False, "30d")
    assert (shown["smtpPort"], shown["smtpPassword"], shown["mainDomain"]) == (2525, "***", "casey.test")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('{"mailSyncTimer": 60', "JSON"),
        ("[]", "JSON object"),
        ("\udcff", "JSON"),
        ('{"mailSyncTimr": 60}', "mailSyncTimr is not a setting"),
        ('{"mailSyncTimer": "60", "caseCanReopen": 1}', "mailSyncTimer must"),
        ('{"mailSyncTimer": 60, "caseCanReopen": 1}', "caseCanReopen must be true or false"),
        ('{"caseConfirmUrl": "https://shop.test/confirm"}', "caseConfirmUrl must contain %code%"),
        ('{"smtpAdapter": "smtp"}', "mailAddress is required"),
    ],
)
def test_a_broken_file_is_refused_with_words_for_the_operator(
    environ: dict[str, str], tmp_path: Path, content: str, named: str
) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content, "utf-8", "surrogateescape")
    with pytest.raises(BadConfiguration, match=named) as refusal:
        create_app({**environ, "CASEY_CONFIG_FILE": str(path)})
    assert str(path) in str(refusal.value)


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("CASEY_MAIL_SYNC_TIMER", "soon", "mailSyncTimer must"),
        ("CASEY_CASE_CONFIRMATION", "maybe", "caseConfirmation must"),
        ("CASEY_CASE_CLOSE_IDLE", "1 month", "caseCloseIdle must"),
        ("CASEY_MAIL_ADDRESS", "nobody", "mailAddress must"),
        ("CASEY_IMAP_ADAPTER", "imap", "imapServer is required"),
        ("PORT", "http", "PORT must"),
        ("CASEY_BASE_URL", "casey.example", "CASEY_BASE_URL must"),
        ("CASEY_BASE_URL", "https://casey.example/support", "CASEY_BASE_URL must be an address without a path"),
        ("CASEY_MAIL_SEND_TIMEOUT", "500ms", "mailSendTimeout must"),
        ("CASEY_MAIL_SEND_TIMEOUT", "121s", "mailSendTimeout must be from 1s to 120s"),
        ("CASEY_SECRET_KEY", "too short", "CASEY_SECRET_KEY must"),
        ("CASEY_DATA_DIR", __file__, "CASEY_DATA_DIR"),
    ],
)
def test_a_broken_environment_is_refused_by_the_name_of_what_is_wrong(
    tmp_path: Path, variable: str, value: str, named: str
) -> None:
    with pytest.raises(BadConfiguration, match=named):
        create_app(environment(tmp_path, f"sqlite:///{tmp_path / 'casey.db'}") | {variable: value})

"""Writing run-time changes into the primary configuration file."""

import json
import os
import stat
from pathlib import Path

import pytest

from app import create_app
from app.config.sources import read_file, write_file
from tests.api_client import Api
from tests.cast import Cast


def test_what_was_changed_at_run_time_is_written_into_the_file(api: Api, tmp_path: Path) -> None:
    api.post("/config", {"mailSyncTimer": 120, "smtpPassword": "hush"})
    answer = api.post("/config/commit")
    assert (answer.status_code, answer.json) == (200, {"committed": ["mailSyncTimer", "smtpPassword"]})
    assert json.loads((tmp_path / "config.json").read_text()) == {"mailSyncTimer": 120, "smtpPassword": "hush"}


def test_the_file_is_readable_by_its_owner_only(api: Api, tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text("{}")
    path.chmod(0o644)
    api.post("/config", {"smtpPassword": "hush"})
    api.post("/config/commit")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_what_else_is_in_the_file_stays_and_the_environment_stays_out(
    environ: dict[str, str], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path = tmp_path / "config.json"
    path.write_text('{"teamInviteCount": 7, "mailSyncTimer": 10}')
    api: Api = request.getfixturevalue("api")
    api.post("/config", {"mailSyncTimer": 120})
    api.post("/config/commit")
    assert json.loads(path.read_text()) == {"teamInviteCount": 7, "mailSyncTimer": 120}


def test_a_file_that_is_named_is_the_one_written(
    environ: dict[str, str], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    environ["CASEY_CONFIG_FILE"] = str(tmp_path / "named.json")
    api: Api = request.getfixturevalue("api")
    api.post("/config", {"mailSyncTimer": 120})
    api.post("/config/commit")
    assert json.loads((tmp_path / "named.json").read_text()) == {"mailSyncTimer": 120}
    assert not (tmp_path / "config.json").exists()


def test_committed_settings_are_there_after_a_start_without_the_run_time_changes(
    api: Api, cast: Cast, environ: dict[str, str]
) -> None:
    api.post("/config", {"mailSyncTimer": 120})
    api.post("/config/commit")
    api.delete("/config/mailSyncTimer")
    assert Api(create_app(environ).test_client(), cast.keys["olga"]).get("/config").json["mailSyncTimer"] == 120


def test_a_write_that_fails_leaves_the_old_file_whole_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.json"
    path.write_text('{"mailSyncTimer": 10}')

    def full(_descriptor: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_file(path, {"mailSyncTimer": 120})
    assert read_file(path) == {"mailSyncTimer": 10}
    assert [one.name for one in tmp_path.iterdir()] == ["config.json"]


def test_a_file_that_cannot_be_written_is_said_clearly_and_changes_nothing(api: Api, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{ this is edited by hand right now")
    api.post("/config", {"mailSyncTimer": 120})
    answer = api.post("/config/commit")
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    assert (tmp_path / "config.json").read_text() == "{ this is edited by hand right now"
    assert api.get("/config").json["mailSyncTimer"] == 120


def test_committing_nothing_is_no_mistake(api: Api) -> None:
    assert api.post("/config/commit").json == {"committed": []}

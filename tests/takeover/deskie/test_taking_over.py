"""Taking over a live account that speaks Deskie's protocol: another Casey, asked over HTTP."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from app.cli import casey
from app.extensions import db
from app.mail.models import OutboundEmail
from app.takeover.deskie.source import DeskieSource
from app.takeover.deskie.taking import take_over
from app.takeover.source import SourceAway
from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import on_both
from tests.takeover.elsewhere import Failing, another_casey


@dataclass(frozen=True)
class Account:
    """An account elsewhere: where it is, who is there, and what is in it."""

    url: str
    cast: Cast
    deskie: Deskie
    burning: Any
    closed: Any

    def source(self, kind: type[DeskieSource] = DeskieSource) -> DeskieSource:
        return kind(self.url, self.cast.olga.email, self.cast.keys["olga"], wait=lambda _: None)


@pytest.fixture
def account(sqlite_template: Path, tmp_path: Path) -> Iterator[Account]:
    with another_casey(sqlite_template, tmp_path / "elsewhere") as elsewhere:
        cast = elsewhere.cast
        deskie = Deskie(elsewhere.app.test_client(), cast.olga.email, cast.keys["olga"])
        yield Account(elsewhere.url, cast, deskie, *furnished(deskie, cast))


def furnished(deskie: Deskie, cast: Cast) -> tuple[Any, Any]:
    """Two cases: one in the middle of it, of somebody with an address, and a closed one of somebody without."""
    group = deskie.post("/groups.json", {"group": {"group_title": "Fire brigade"}}).json["group"]["group_id"]
    label = deskie.post("/labels.json", {"label": {"label_title": "hot"}}).json["label"]["label_id"]
    one = deskie.opened(UNA, group_id=group, staff_id=cast.ben.id, labels=[label], priority="high", language_id=4)
    form = {
        "message[staff_id]": str(cast.ben.id),
        "message[content]": "See the file.",
        "message[attachments][0]": (io.BytesIO(b"%PDF"), "bill.pdf"),
    }
    deskie.post(f"/cases/{one['case_id']}/messages.json", data=form, content_type="multipart/form-data")
    deskie.post(f"/cases/{one['case_id']}/note.json", {"note": {"staff_id": cast.amy.id, "content": "Careful."}})
    other = deskie.opened(user_email="", user_phone="+49 30 1234567", user_full_name="Una Phone", subject="Smoke")
    deskie.put(f"/cases/{other['case_id']}/rate.json", {"rate": {"rating": "high", "rating_comment": "Fine"}})
    closed = deskie.put(f"/cases/{other['case_id']}.json", {"case": {"status": "closed"}}).json["case"]
    return deskie.get(f"/cases/{one['case_id']}.json").json["case"], closed


def taken_over(app: Flask, source: DeskieSource) -> dict[str, int]:
    with app.app_context():
        return dict(take_over(source, lambda _: None))


def case_here(api: Api, account: Account, case: Any) -> Any:
    """The same case in this house."""
    [row] = api.get(f"/cases?external_id={account.url}%23{case['case_id']}").json["items"]
    return api.get(f"/cases/{row['uuid']}").json


@on_both
def test_everybody_and_every_case_is_here_afterwards(app: Flask, api: Api, account: Account) -> None:
    counts = taken_over(app, account.source())
    assert (counts["cases new"], counts["users new"], counts.get("cases refused", 0)) == (2, 1, 0)
    case = case_here(api, account, account.burning)
    assert (case["subject"], case["status"], case["priority"]) == ("I need help", "waiting", "high")
    assert (case["language"], case["tags"], case["team"]["name"]) == ("de", ["hot"], "Fire brigade")
    assert (case["requester"]["email"], case["assignee"]["email"]) == (UNA, BEN)
    assert [(one["from"]["email"], one["message"]) for one in case["messages"]] == [
        (UNA, "It is on fire!"),
        (BEN, "See the file."),
    ]
    assert [(one["from"]["email"], one["note"]) for one in case["notes"]] == [(AMY, "Careful.")]
    [file] = case["messages"][1]["attachments"]
    assert (file["name"], file["size"]) == ("bill.pdf", 4)


def test_somebody_without_an_address_and_what_he_thought_come_along(app: Flask, api: Api, account: Account) -> None:
    taken_over(app, account.source())
    case = case_here(api, account, account.closed)
    assert (case["status"], case["requester"]["name"], case["requester"]["email"]) == ("closed", "Una Phone", None)
    assert [(one["score"], one["comment"]) for one in case["ratings"]] == [("high", "Fine")]


def test_the_same_id_in_two_channels_is_two_persons(app: Flask, api: Api, account: Account) -> None:
    cases = [account.deskie.opened(user_email="", user_custom_id="u-7", channel=one) for one in ("cch1", "cch2")]
    taken_over(app, account.source())
    here = {case_here(api, account, case)["requester"]["uuid"] for case in cases}
    assert len(here) == 2


def test_whoever_was_put_away_there_is_put_away_here(app: Flask, api: Api, account: Account) -> None:
    user = account.closed["user_id"]
    account.deskie.put(f"/users/{user}/block.json")
    account.deskie.put(f"/users/{user}/disable.json")
    taken_over(app, account.source())
    uuid = case_here(api, account, account.closed)["requester"]["uuid"]
    person = api.get(f"/persons/{uuid}").json
    assert (person["blocked"], person["disabled"]) == (True, True)


def test_nobody_is_mailed(app: Flask, account: Account, work: Callable[[], None], outside: Any) -> None:
    taken_over(app, account.source())
    work()
    assert outside.inbox(UNA) == []
    with app.app_context():
        assert db.session.query(OutboundEmail).count() == 0


def test_done_again_nothing_comes_twice_and_what_is_new_comes_too(app: Flask, api: Api, account: Account) -> None:
    taken_over(app, account.source())
    account.deskie.opened(UNA, subject="Once more")
    counts = taken_over(app, account.source())
    assert (counts["cases new"], counts["cases known"], counts["users known"]) == (1, 2, 2)
    assert api.get("/cases?state=any&total=true").json["total"] == 3


class FailingDeskie(Failing, DeskieSource):
    """An account that is away after so many answers."""


@on_both
def test_a_run_that_is_broken_off_anywhere_goes_on_where_it_was(app: Flask, api: Api, account: Account) -> None:
    broken = 0
    for answers in range(3, 200, 5):
        source = account.source(FailingDeskie)
        source.left = answers
        try:
            taken_over(app, source)
        except SourceAway:
            broken += 1
            continue
        break
    assert broken > 3
    assert api.get("/cases?state=any&total=true").json["total"] == 2
    assert len(case_here(api, account, account.burning)["messages"]) == 2


def test_the_command_says_what_it_does_and_what_is_wrong(app: Flask, environ: dict[str, str], account: Account) -> None:
    def run(key: str) -> Any:
        words = ["import", "deskie", account.url, "--email", account.cast.olga.email, "--key", key]
        return CliRunner(env=environ).invoke(casey, words)

    refused = run("ck_1_wrong")
    assert refused.exit_code == 1
    assert "does not take this e-mail address and API key" in refused.output
    done = run(account.cast.keys["olga"])
    assert done.exit_code == 0, done.output
    assert "2 cases new" in done.output

"""Taking over a live account that speaks Kayako's protocol: another Casey, asked over HTTP."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from app.cli import casey
from app.extensions import db
from app.mail.models import OutboundEmail
from app.takeover.kayako import source, taking
from app.takeover.kayako.source import KayakoSource
from app.takeover.kayako.taking import take_over
from app.takeover.source import SourceAway
from tests.api.deskie.client import Deskie
from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import on_both
from tests.takeover.elsewhere import Failing, another_casey

BURNS, WAITING = "It is on fire!", "Waiting for parts"
CARL, DORA, AGENT = "carl@carl.test", "dora@team.test", 2
SAID = {"locale": "de", "time_zone": "Europe/Berlin", "field_values": {"size": "XL"}}


@dataclass(frozen=True)
class Account:
    """An account elsewhere: where it is, who is there, and what is in it."""

    url: str
    cast: Cast
    kayako: Kayako
    burning: int
    closed: int

    def source(self, kind: type[KayakoSource] = KayakoSource) -> KayakoSource:
        return kind(self.url, self.cast.olga.email, self.cast.keys["olga"], wait=lambda _: None)


@pytest.fixture
def account(sqlite_template: Path, tmp_path: Path) -> Iterator[Account]:
    with another_casey(sqlite_template, tmp_path / "elsewhere") as elsewhere:
        cast, client = elsewhere.cast, elsewhere.app.test_client()
        kayako = Kayako(client, cast.olga.email, cast.keys["olga"])
        native = Api(client, cast.keys["olga"])
        furnish_house(kayako, native, cast)
        deskie = Deskie(client, cast.olga.email, cast.keys["olga"])
        yield Account(elsewhere.url, cast, kayako, burning(kayako, cast), closed(deskie))


def made(answer: Any) -> Any:
    assert answer.status_code in {200, 201}, answer.text
    return answer.json["data"]


def furnish_house(kayako: Kayako, native: Api, cast: Cast) -> None:
    """A team, an organization, a form with a field, a status of its own, and a customer who is more than an address."""
    options = [{"value": "Red", "tag": "red"}, {"value": "Blue", "tag": "blue"}]
    colour = {"title": "Colour", "key": "colour", "type": "SELECT", "options": options}
    field = made(kayako.post("/cases/fields", colour))
    number = made(kayako.post("/cases/fields", {"title": "Floor", "key": "floor", "type": "NUMERIC"}))
    made(kayako.post("/cases/forms", {"title": "Fire", "field_ids": [field["id"], number["id"]]}))
    kayako.post("/cases/statuses", {"label": WAITING})
    native.post("/fields", {"level": "person", "key": "size", "title": "Size", "type": "text"})
    team = made(kayako.post("/teams", {"title": "Fire brigade"}))
    shop = made(kayako.post("/organizations", {"name": "Carl & Co", "domains": ["carl.test"]}))
    carl = made(kayako.post("/users", {"full_name": "Carl", "email": CARL, **SAID, "organization_id": shop["id"]}))
    made(kayako.post("/identities/phones", {"user_id": carl["id"], "number": "+49 30 1234567"}))
    dora = made(kayako.post("/users", {"full_name": "Dora", "email": DORA, "role_id": AGENT}))
    made(kayako.post(f"/teams/{team['id']}/members", {"agent_ids": [dora["id"]]}))


def burning(kayako: Kayako, cast: Cast) -> int:
    """A case in the middle of it: of una's, with an answer, a file and a note."""
    status = next(one for one in kayako.get("/cases/statuses").json["data"] if one["label"] == WAITING)
    form = made(kayako.get("/cases/forms"))[0]
    said = {
        "requester_id": cast.una.id,
        "creator_id": cast.una.id,
        "priority_id": 3,
        "type_id": next(one["id"] for one in kayako.get("/cases/types").json["data"] if one["type"] == "INCIDENT"),
        "form_id": form["id"],
        "assigned_agent_id": cast.ben.id,
        "assigned_team_id": made(kayako.get("/teams"))[0]["id"],
        "tags": "hot,late",
        "field_values": {"colour": "blue", "floor": "3"},
    }
    number = kayako.opened(**said)["id"]
    file = made(kayako.post("/files?_filename=bill.pdf", data=b"%PDF", content_type="application/pdf"))
    reply = {"contents": "See the <b>file</b>.", "channel": "MAIL", "channel_options": {"html": True}}
    kayako.post(f"/cases/{number}/reply", {**reply, "attachment_file_ids": [file["id"]]})
    made(kayako.post(f"/cases/{number}/notes", {"contents": "Careful.", "is_pinned": True}))
    made(kayako.put(f"/cases/{number}", {"status_id": status["id"]}))
    return int(number)


def closed(deskie: Deskie) -> int:
    """A closed case of somebody without an address, who was content."""
    una = {"user_email": "", "user_phone": "+49 30 7654321", "user_full_name": "Una Phone"}
    number = deskie.opened(**una, subject="Smoke")["case_id"]
    deskie.put(f"/cases/{number}/rate.json", {"rate": {"rating": "high"}})
    deskie.put(f"/cases/{number}.json", {"case": {"status": "closed"}})
    return int(number)


def taken_over(app: Flask, source: KayakoSource) -> dict[str, int]:
    with app.app_context():
        return dict(take_over(source, lambda _: None))


def case_here(api: Api, account: Account, number: int) -> Any:
    """The same case in this house."""
    [row] = api.get(f"/cases?state=any&external_id={account.url}%23{number}").json["items"]
    return api.get(f"/cases/{row['uuid']}").json


@on_both
def test_everybody_and_every_case_is_here_afterwards(app: Flask, api: Api, account: Account) -> None:
    counts = taken_over(app, account.source())
    assert not any(name.endswith("refused") for name in counts), counts
    assert (counts["cases new"], counts["teams new"], counts["organizations new"], counts["forms new"]) == (2, 1, 1, 1)
    case = case_here(api, account, account.burning)
    assert (case["subject"], case["priority"], case["type"]) == ("I need help", "high", "incident")
    assert (case["status"], case["custom_status"]) == ("open", WAITING)
    assert (sorted(case["tags"]), case["team"]["name"], case["form"]) == (["hot", "late"], "Fire brigade", "Fire")
    assert case["fields"] == {"colour": "blue", "floor": 3}
    assert (case["requester"]["email"], case["assignee"]["email"]) == (UNA, BEN)
    assert [(one["from"]["email"], one["message"]) for one in case["messages"]] == [
        (UNA, BURNS),
        (OLGA, "See the file."),
    ]
    assert "<b>file</b>" in case["messages"][1]["html"]
    assert {one["channel"] for one in case["messages"]} == {"mail"}
    assert [(one["from"]["email"], one["note"], one["pinned"]) for one in case["notes"]] == [(OLGA, "Careful.", True)]
    [file] = case["messages"][1]["attachments"]
    assert (file["name"], file["size"]) == ("bill.pdf", 4)


@on_both
def test_the_times_are_those_of_the_account(app: Flask, api: Api, account: Account) -> None:
    taken_over(app, account.source())
    there = made(account.kayako.get(f"/cases/{account.burning}"))
    here = case_here(api, account, account.burning)
    for name in ("created_at", "updated_at"):
        assert datetime.fromisoformat(here[name]).replace(microsecond=0) == datetime.fromisoformat(there[name])


def test_somebody_without_an_address_and_what_he_thought_come_along(app: Flask, api: Api, account: Account) -> None:
    taken_over(app, account.source())
    case = case_here(api, account, account.closed)
    assert (case["status"], case["requester"]["name"], case["requester"]["email"]) == ("closed", "Una Phone", None)
    assert [one["score"] for one in case["ratings"]] == ["high"]


def person_here(api: Api, address: str) -> Any:
    [row] = api.get(f"/persons?email={address}").json["items"]
    return api.get(f"/persons/{row['uuid']}").json


@on_both
def test_what_is_said_of_a_customer_comes_along(app: Flask, api: Api, account: Account) -> None:
    taken_over(app, account.source())
    carl = person_here(api, CARL)
    assert (carl["name"], carl["language"], carl["time_zone"]) == ("Carl", "de", "Europe/Berlin")
    assert (carl["organization"]["name"], carl["fields"]) == ("Carl & Co", {"size": "XL"})
    assert {one["value"] for one in carl["identities"]} == {CARL, "+49 30 1234567"}


def test_whoever_is_new_in_the_team_is_disabled_and_belongs_to_his_team(app: Flask, api: Api, account: Account) -> None:
    taken_over(app, account.source())
    dora = person_here(api, DORA)
    assert (dora["role"], dora["disabled"]) == ("collaborator", True)
    [team] = api.get("/teams").json["items"]
    assert [one["email"] for one in team["members"]] == [DORA]


def test_whoever_is_here_already_stays_as_he_is(app: Flask, api: Api, account: Account) -> None:
    account.kayako.put(f"/users/{account.cast.una.id}", {"full_name": "Somebody else", "is_enabled": False})
    account.kayako.put(f"/users/{account.cast.amy.id}", {"is_enabled": False})
    taken_over(app, account.source())
    assert [(one["name"], one["disabled"]) for one in (person_here(api, UNA), person_here(api, AMY))] == [
        ("Una Customer", False),
        ("Amy Bar", False),
    ]


def test_whoever_was_put_away_there_is_put_away_here(app: Flask, api: Api, account: Account) -> None:
    [carl] = account.kayako.get(f"/autocomplete/users?name={CARL}").json["data"]
    account.kayako.put(f"/users/{carl['id']}", {"is_enabled": False})
    taken_over(app, account.source())
    assert person_here(api, CARL)["disabled"]


def test_a_case_of_somebody_who_has_left_comes_with_him(app: Flask, api: Api, account: Account) -> None:
    account.kayako.delete(f"/users/{account.cast.ben.id}")
    taken_over(app, account.source())
    assert case_here(api, account, account.burning)["messages"][1]["from"]["email"] == OLGA
    assert len(account.kayako.get("/users?limit=100").json["data"]) == 6


def test_spam_and_the_trash_come_and_what_was_merged_is_where_it_is(app: Flask, api: Api, account: Account) -> None:
    kayako = account.kayako
    gone, other = (kayako.opened(subject=one, requester_id=account.cast.una.id)["id"] for one in ("Gone", "Other"))
    last = kayako.opened(subject="Last", requester_id=account.cast.una.id)["id"]
    kayako.put(f"/cases/{gone}/trash")
    made(kayako.post(f"/cases/{account.burning}/merge", {"case_ids": [other]}))
    counts = taken_over(app, account.source())
    assert counts["cases new"] == 4
    assert case_here(api, account, gone)["state"] == "trash"
    assert case_here(api, account, last)["state"] == "active"
    assert [one["message"] for one in case_here(api, account, account.burning)["messages"]].count(BURNS) == 2


def test_long_lists_are_read_to_their_ends(
    app: Flask, api: Api, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "AT_ONCE", 2)
    monkeypatch.setattr(taking, "AT_ONCE", 2)
    for number in range(5):
        account.kayako.post(f"/cases/{account.burning}/reply", {"contents": f"Answer {number}", "channel": "MAIL"})
        account.kayako.opened(subject=f"Case {number}", requester_id=account.cast.una.id)
    counts = taken_over(app, account.source())
    assert (counts["cases new"], counts["users known"] + counts["users new"]) == (7, 7)
    written = [one["message"] for one in case_here(api, account, account.burning)["messages"]]
    assert written == [BURNS, "See the file.", *(f"Answer {number}" for number in range(5))]


class Moving(KayakoSource):
    """An account in which something happens before every answer about cases."""

    happening: Callable[[], None]

    def asked(self, path: str, *rest: Any) -> Any:
        if path.startswith("/cases") and path != "/cases/fields":
            self.happening()
        return super().asked(path, *rest)


def test_cases_that_move_in_the_list_while_it_is_read_all_come(
    app: Flask, api: Api, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "AT_ONCE", 2)
    monkeypatch.setattr(taking, "AT_ONCE", 2)
    una = account.cast.una.id
    cases = [account.kayako.opened(subject=f"Case {one}", requester_id=una)["id"] for one in range(8)]
    changing = cycle([*cases[::2], *cases[1::2]])

    def happening() -> None:
        account.kayako.put(f"/cases/{next(changing)}/trash")
        account.kayako.put(f"/cases/{next(changing)}", {"subject": f"Changed {next(changing)}"})

    there = account.source(Moving)
    there.happening = happening
    assert taken_over(app, there)["cases new"] == 10
    assert all(case_here(api, account, one)["uuid"] for one in cases)


def test_what_is_here_after_a_stop_is_not_asked_for_again(
    app: Flask, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "AT_ONCE", 1)
    asked: list[str] = []

    def happening() -> None:
        if f"/cases/{account.closed}/posts" in asked:
            raise SourceAway("Away.")

    class Noting(Moving):
        def asked(self, path: str, *rest: Any) -> Any:
            asked.append(path)
            return super().asked(path, *rest)

    there = account.source(Noting)
    there.happening = happening
    with pytest.raises(SourceAway):
        taken_over(app, there)
    asked.clear()
    there.happening = lambda: None
    taken_over(app, there)
    assert "/users" not in asked
    assert [one for one in asked if one.endswith("/posts")] == [f"/cases/{account.closed}/posts"]


def test_nobody_is_mailed(app: Flask, account: Account, work: Callable[[], None], outside: Any) -> None:
    taken_over(app, account.source())
    work()
    assert outside.inbox(UNA) == []
    with app.app_context():
        assert db.session.query(OutboundEmail).count() == 0


def test_done_again_nothing_comes_twice_and_what_is_new_comes_too(app: Flask, api: Api, account: Account) -> None:
    taken_over(app, account.source())
    account.kayako.opened(subject="Once more", requester_id=account.cast.una.id)
    counts = taken_over(app, account.source())
    assert (counts["cases new"], counts["cases known"], counts["users known"], counts["fields known"]) == (1, 2, 7, 3)
    assert api.get("/cases?state=any&total=true").json["total"] == 3


class FailingKayako(Failing, KayakoSource):
    """An account that is away after so many answers."""


@on_both
def test_a_run_that_is_broken_off_anywhere_goes_on_where_it_was(app: Flask, api: Api, account: Account) -> None:
    broken = 0
    for answers in range(1, 100, 5):
        there = account.source(FailingKayako)
        there.left = answers
        try:
            taken_over(app, there)
        except SourceAway:
            broken += 1
            continue
        break
    assert broken > 1
    assert api.get("/cases?state=any&total=true").json["total"] == 2
    assert len(case_here(api, account, account.burning)["messages"]) == 2
    assert {one["value"] for one in person_here(api, CARL)["identities"]} == {CARL, "+49 30 1234567"}


def test_the_command_says_what_it_does_and_what_is_wrong(app: Flask, environ: dict[str, str], account: Account) -> None:
    def run(key: str) -> Any:
        words = ["import", "kayako", account.url, "--email", account.cast.olga.email]
        return CliRunner(env={**environ, "CASEY_IMPORT_KEY": key}).invoke(casey, words)

    refused = run("ck_1_wrong")
    assert refused.exit_code == 1
    assert "does not take this e-mail address and API key" in refused.output
    done = run(account.cast.keys["olga"])
    assert done.exit_code == 0, done.output
    assert "2 cases new" in done.output

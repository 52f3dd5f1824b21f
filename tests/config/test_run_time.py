"""Changing settings at run time, by the API."""

import pytest
from flask import Flask

from app import create_app
from app.events import Event
from app.extensions import db
from tests.api_client import Api
from tests.cast import Cast


def test_settings_are_changed_by_the_documented_list_of_objects(api: Api) -> None:
    answer = api.post("/config", [{"mailSyncTimer": 120}, {"caseCloseIdle": "30d", "teamInviteCount": 0}])
    assert answer.status_code == 200
    shown = api.get("/config").json
    assert answer.json == shown
    assert (shown["mailSyncTimer"], shown["caseCloseIdle"], shown["teamInviteCount"]) == (120, "30d", 0)


def test_settings_are_changed_by_a_plain_object(api: Api) -> None:
    assert api.post("/config", {"mailSyncTimer": 120}).status_code == 200
    assert api.get("/config").json["mailSyncTimer"] == 120


@pytest.mark.parametrize("wrong", [{"mailSyncTimr": 5}, {"caseCanReopen": "no"}, {"smtpAdapter": "smtp"}])
def test_one_wrong_setting_keeps_all_others_as_they_were(api: Api, wrong: dict[str, object]) -> None:
    before = api.get("/config").json
    for sent in ([{"teamInviteCount": 9}, wrong], [wrong, {"teamInviteCount": 9}], {"teamInviteCount": 9, **wrong}):
        assert api.post("/config", sent).status_code == 422
    assert api.get("/config").json == before


def test_every_wrong_setting_of_a_call_is_named(api: Api) -> None:
    answer = api.post("/config", {"mailSyncTimr": 5, "caseCanReopen": "no", "teamInviteCount": 9})
    assert [one["field"] for one in answer.json["errors"]] == ["mailSyncTimr", "caseCanReopen"]
    assert "mailSyncTimr is not a setting" in answer.json["detail"]


@pytest.mark.parametrize("sent", [[], [[]], [{"mailSyncTimer": 5}, 7], "mailSyncTimer", 5, True])
def test_what_is_no_object_of_settings_is_refused(api: Api, sent: object) -> None:
    assert api.post("/config", sent).status_code == 422
    assert api.get("/config").json["mailSyncTimer"] == 60


def test_a_setting_given_twice_in_one_list_is_refused(api: Api) -> None:
    answer = api.post("/config", [{"mailSyncTimer": 5}, {"mailSyncTimer": 6}])
    assert (answer.status_code, answer.json["field"]) == (422, "mailSyncTimer")


def test_the_mail_server_needs_its_name_and_our_address(api: Api) -> None:
    answer = api.post("/config", {"smtpAdapter": "smtp"})
    assert [one["field"] for one in answer.json["errors"]] == ["mailAddress", "smtpServer"]
    complete = {"smtpAdapter": "smtp", "mailAddress": "help@domain.tld", "smtpServer": "mx.domain.tld"}
    assert api.post("/config", complete).status_code == 200


def test_the_mailbox_needs_its_server_its_password_and_our_address(api: Api) -> None:
    answer = api.post("/config", {"imapAdapter": "imap"})
    assert [one["field"] for one in answer.json["errors"]] == ["mailAddress", "imapServer", "imapPassword"]


def test_a_server_may_be_described_first_and_switched_on_later(api: Api) -> None:
    api.post("/config", {"mailAddress": "help@domain.tld", "smtpServer": "mx.domain.tld"})
    assert api.post("/config", {"smtpAdapter": "smtp"}).status_code == 200


def test_what_a_server_in_use_needs_cannot_be_taken_back(api: Api) -> None:
    api.post("/config", {"smtpAdapter": "smtp", "mailAddress": "help@domain.tld", "smtpServer": "mx.domain.tld"})
    assert api.delete("/config/smtpServer").status_code == 422
    assert api.post("/config", {"mailAddress": None}).status_code == 422
    assert api.get("/config").json["smtpServer"] == "mx.domain.tld"


@pytest.mark.parametrize("name", ["mailSyncTimr", "mailSyncTimer", "x" * 300])
def test_only_what_was_changed_at_run_time_can_be_taken_back(api: Api, name: str) -> None:
    assert api.delete(f"/config/{name}").status_code == 404


def test_a_change_reaches_every_other_process_at_its_next_request(
    api: Api, cast: Cast, environ: dict[str, str]
) -> None:
    other = Api(create_app(environ).test_client(), cast.keys["olga"])
    assert other.opened("new@customer.test")["state"] == "active"
    api.post("/config", {"caseConfirmation": True, "mailSubjectPrefix": "Ticket"})
    assert other.opened("new@customer.test")["state"] == "pending"
    assert other.get("/config").json["mailSubjectPrefix"] == "Ticket"


def test_a_change_is_written_down_with_who_made_it(app: Flask, api: Api, cast: Cast) -> None:
    api.post("/config", {"mailSyncTimer": 120, "smtpPassword": "hush"})
    with app.app_context():
        found = db.session.query(Event).filter_by(name="setting_changed").all()
        assert [one.new for one in found] == [{"mailSyncTimer": 120}, {"smtpPassword": "***"}]
        assert {one.actor_id for one in found} == {cast.olga.id}


def test_an_address_of_a_foreign_script_is_taken_and_leaves_casey_working(api: Api) -> None:
    assert api.post("/config", {"mailAddress": "help@exämple.test"}).status_code == 200
    assert api.get("/config").json["mainDomain"] == "xn--exmple-cua.test"
    assert api.opened("new@customer.test")["state"] == "active"

"""Taking somebody out of a case, and disabling a person, over HTTP."""

from flask import Flask

from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker
from tests.mail.rows import outbound_to
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in


def test_who_is_taken_out_of_a_case_has_no_way_back_into_it(
    app: Flask, api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    work()
    [initial] = outside.inbox(UNA)
    for _ in range(2):
        answer = api.delete(f"/cases/{case['uuid']}/participants/{cast.una.uuid}")
        assert answer.status_code == 200
        assert answer.json["participants"][0]["removed_at"]
    assert Browser(app).open(link_in(initial, "/c/")).status_code == 410
    reply = outside.reply(initial, "Hello?")
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "Among ourselves."})
    work()
    assert outside.received(reply)["outcome"] == "held"
    assert len(outside.inbox(UNA)) == 1
    assert len(api.get(f"/case/{case['uuid']}").json["messages"]) == 2


def test_mail_that_still_waits_for_who_is_taken_out_stays_here(app: Flask, api: Api, cast: Cast, work: Worker) -> None:
    case = api.opened(UNA)
    api.delete(f"/cases/{case['uuid']}/participants/{cast.una.uuid}")
    work()
    assert [one.status for one in outbound_to(app, UNA)] == ["rejected"]


def test_nobody_can_be_taken_out_of_a_case_he_is_not_in(api: Api, cast: Cast) -> None:
    case = api.opened(UNA)
    assert api.delete(f"/cases/{case['uuid']}/participants/{cast.ben.uuid}").status_code == 404
    assert api.delete(f"/cases/{case['uuid']}/participants/{case['uuid']}").status_code == 404


def test_the_keys_of_a_disabled_person_die_at_once_and_live_again(api: Api, cast: Cast) -> None:
    ben, path = api.as_(cast.keys["ben"]), f"/persons/{cast.ben.uuid}"
    assert api.get(path).json["disabled"] is False
    for disabled, status in ((True, 401), (True, 401), (False, 200)):
        assert api.patch(path, {"disabled": disabled}).json["disabled"] is disabled
        assert ben.get("/cases").status_code == status


def test_no_mail_goes_to_a_disabled_person(app: Flask, api: Api, cast: Cast, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    api.patch(f"/persons/{cast.ben.uuid}", {"disabled": True})
    api.patch(f"/persons/{cast.una.uuid}", {"disabled": True})
    api.post(f"/case/{case['uuid']}/messages", {"from": "amy@team.test", "message": "I am on it."})
    work()
    assert outside.inbox(BEN) == outside.inbox(UNA) == []
    assert [one.status for one in outbound_to(app, BEN)] == ["rejected"]


def test_nobody_disables_himself_or_somebody_above_him(api: Api, cast: Cast) -> None:
    path = f"/persons/{cast.olga.uuid}"
    assert api.patch(path, {"disabled": True}).status_code == 409
    admin = api.as_(api.post("/api-keys", {"role": "admin", "name": "admin"}).json["key"])
    assert admin.patch(path, {"disabled": True}).status_code == 403
    assert api.get(path).json["disabled"] is False

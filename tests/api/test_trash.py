"""Spam and trash, over HTTP."""

from flask import Flask

from app.jobs.cases import sweep_trash
from tests.api_client import Api
from tests.cast import UNA, Cast


def test_a_case_goes_into_spam_and_trash_and_comes_back(api: Api) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}"
    for verb, state in (
        *(("spam", "spam"), ("spam", "spam"), ("unspam", "active"), ("unspam", "active"), ("spam", "spam")),
        *(("trash", "trash"), ("trash", "trash"), ("restore", "active"), ("restore", "active")),
    ):
        answer = api.post(f"{path}/{verb}")
        assert (answer.status_code, answer.json["state"]) == (200, state), verb
        assert [one["uuid"] for one in api.get(f"/cases?state={state}").json["items"]] == [answer.json["uuid"]]


def test_a_discarded_case_takes_no_message_and_is_not_reopened(api: Api) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}"
    api.post(f"{path}/close")
    api.post(f"{path}/trash")
    assert api.post(f"{path}/messages", {"from": UNA, "message": "Hello?"}).status_code == 409
    assert api.post(f"{path}/reopen").status_code == 409
    assert api.patch(path, {"status": "open"}).status_code == 409


def test_a_case_is_purged_from_the_trash_alone_and_then_unknown(api: Api) -> None:
    case = api.opened(UNA)
    path = f"/cases/{case['uuid']}"
    assert api.post(f"{path}/purge").status_code == 409
    api.post(f"{path}/trash")
    answer = api.post(f"{path}/purge", headers={"Idempotency-Key": "purge"})
    assert answer.json == {"uuid": case["uuid"], "reference": case["reference"]}
    assert api.post(f"{path}/purge", headers={"Idempotency-Key": "purge"}).json == answer.json
    assert api.get(path).status_code == api.post(f"{path}/purge").status_code == 404


def test_the_trash_is_emptied_by_those_who_may(app: Flask, api: Api, cast: Cast) -> None:
    kept, gone = api.opened(UNA)["uuid"], api.opened(UNA)["uuid"]
    api.post(f"/cases/{gone}/trash")
    assert api.as_(cast.keys["ben"]).post("/trash/empty").status_code == 403
    answer = api.post("/trash/empty")
    assert (answer.status_code, answer.json["cases"]) == (202, 1)
    with app.app_context():
        sweep_trash()
    assert [api.get(f"/cases/{uuid}").status_code for uuid in (kept, gone)] == [200, 404]

"""Sparing somebody the mail of a case, and putting a case off, over HTTP."""

from datetime import timedelta, timezone

import pytest

from app.clock import now
from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import Worker
from tests.sandbox import Outside


@pytest.mark.settings(CASEY_CASE_SEND_COPY="true")
def test_who_is_muted_gets_no_mail_and_stays_in_the_case(api: Api, cast: Cast, work: Worker, outside: Outside) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}"
    for who in (BEN, AMY):
        api.post(f"{path}/messages", {"from": who, "message": "I am on it."})
    work()
    before = {who: len(outside.inbox(who)) for who in (UNA, BEN, AMY, OLGA)}
    for _ in range(2):
        answer = api.post(f"{path}/participants/{cast.ben.uuid}/mute")
        assert [one["email"] for one in answer.json["participants"] if one["muted_at"]] == [BEN]
    api.post(f"{path}/messages", {"from": AMY, "message": "And further."})
    api.post(f"{path}/messages", {"from": BEN, "message": "Even a copy of mine."})
    work()
    assert len(outside.inbox(BEN)) == before[BEN]
    assert len(outside.inbox(UNA)) == before[UNA] + 2
    answer = api.post(f"{path}/participants/{cast.ben.uuid}/unmute")
    assert not any(one["muted_at"] for one in answer.json["participants"])
    api.post(f"{path}/messages", {"from": AMY, "message": "Once more."})
    work()
    assert len(outside.inbox(BEN)) == before[BEN] + 1


def test_nobody_can_be_muted_in_a_case_he_is_not_in(api: Api, cast: Cast) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}/participants/{cast.una.uuid}"
    api.delete(path)
    for who in (path, path.replace(str(cast.una.uuid), str(cast.ben.uuid))):
        assert api.post(f"{who}/mute").status_code == 404
        assert api.post(f"{who}/unmute").status_code == 404


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_a_case_is_put_off_and_taken_up_again(api: Api, status: str) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}"
    until = (now() + timedelta(days=9)).astimezone(timezone(timedelta(hours=1))).isoformat()
    assert api.post(f"{path}/snooze", {"until": until}).json["snoozed_until"].endswith("Z")
    for _ in range(2):
        assert api.post(f"{path}/unsnooze").json["snoozed_until"] is None
    api.post(f"{path}/snooze", {"until": until})
    assert api.patch(path, {"status": status}).json["snoozed_until"] is None
    assert api.post(f"{path}/snooze", {"until": until}).status_code == 409


@pytest.mark.parametrize(
    "until",
    [None, 5, "tomorrow", "2036-01-31", "2036-01-31T09:00:00", "2001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"],
)
def test_a_case_is_not_put_off_until_what_is_no_time_to_come(api: Api, until: object) -> None:
    answer = api.post(f"/cases/{api.opened(UNA)['uuid']}/snooze", {"until": until})
    assert (answer.status_code, answer.json["field"]) == (422, "until")

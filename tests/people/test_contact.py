"""When a customer was last in contact with us."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from flask import Flask

from app.cases.opening import open_case
from app.clock import now
from app.people.merging import merge_persons
from app.people.persons import find_or_create_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both
from tests.plans import plans


def contact(api: Api, uuid: object) -> Any:
    return api.get(f"/persons/{uuid}").json["last_contact_at"]


@on_both
def test_each_message_of_a_customer_is_a_contact_and_no_change_of_him(api: Api, cast: Cast) -> None:
    before = api.get(f"/persons?updated_at={datetime.now(UTC):%Y-%m-%d}..&email={UNA}").json["items"]
    assert contact(api, cast.una.uuid) is None
    case = api.opened(UNA)["uuid"]
    opened = contact(api, cast.una.uuid)
    assert opened is not None
    with time_machine.travel(now() + timedelta(hours=1)):
        api.post(f"/cases/{case}/messages", {"from": BEN, "message": "Hi"})
        assert contact(api, cast.una.uuid) == opened
        api.post(f"/cases/{case}/messages", {"from": UNA, "message": "Hi"})
    assert contact(api, cast.una.uuid) > opened
    later = f"updated_at={now() + timedelta(minutes=30):%Y-%m-%dT%H:%M:%SZ}.."
    assert api.get(f"/persons?{later}").json["items"] == []
    assert len(before) == 1
    assert contact(api, cast.ben.uuid) is None


@on_both
def test_a_case_of_another_time_makes_no_contact_of_today(app: Flask, api: Api, cast: Cast) -> None:
    then = datetime(2021, 12, 1, tzinfo=UTC)
    with app.app_context(), transaction():
        open_case(find_or_create_person(UNA), "Help", "It burns", channel="api", confirmed=True, at=then)
    assert contact(api, cast.una.uuid) == "2021-12-01T00:00:00.000Z"
    api.opened(UNA)
    latest = contact(api, cast.una.uuid)
    with app.app_context(), transaction():
        open_case(find_or_create_person(UNA), "Help", "It burns", channel="api", confirmed=True, at=then)
    assert contact(api, cast.una.uuid) == latest


@on_both
def test_of_two_who_are_merged_the_later_contact_stands(app: Flask, api: Api, cast: Cast) -> None:
    api.opened("una@home.test")
    with app.app_context(), transaction():
        merge_persons(find_or_create_person("una@home.test"), find_or_create_person(UNA), by=None)
    assert contact(api, cast.una.uuid) is not None


@on_both
def test_the_list_is_narrowed_and_sorted_by_it_over_an_index(app: Flask, api: Api, cast: Cast) -> None:
    for address in (UNA, "max@customer.test"):
        api.opened(address)
    path = "/persons?sort=-last_contact_at&last_contact_at=7d.."
    assert [one["email"] for one in api.get(path).json["items"]] == ["max@customer.test", UNA]
    assert api.get("/persons?team=false&last_contact_at=none").json["items"] == []
    with app.app_context(), plans() as found:
        api.get(path)
    assert "ix_persons_last_contact_at_id" in "".join(found)

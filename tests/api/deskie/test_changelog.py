"""The changelog by Deskie's dialect: which changes it tells, how, and how they are narrowed."""

from typing import Any

import pytest
from flask import Flask

from app.cases.lifecycle import close_case
from app.cases.queries import case_numbered
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both
from tests.queries import queries

Change = tuple[str, str, str]


@pytest.fixture
def case(deskie: Deskie) -> str:
    return f"/cases/{deskie.opened(UNA)['case_id']}"


def entries(deskie: Deskie, case: str, asked: str = "") -> list[Any]:
    answer = deskie.get(f"{case}/changelog.json{asked}")
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json["changelog"]
    return found


def changes(deskie: Deskie, case: str, asked: str = "") -> list[Change]:
    return [(one["event"], one["old_value"], one["value"]) for one in entries(deskie, case, asked)]


def changed(deskie: Deskie, case: str, **said: Any) -> None:
    answer = deskie.put(f"{case}.json", {"case": said})
    assert answer.status_code == 200, answer.text


def defined(api: Api, key: str, kind: str, **more: Any) -> None:
    assert api.post("/fields", {"level": "case", "key": key, "title": key, "type": kind, **more}).status_code == 201


@on_both
def test_everything_that_changed_is_told_in_its_order(deskie: Deskie, api: Api, cast: Cast, case: str) -> None:
    team = api.post("/teams", {"name": "Billing"}).status_code
    api.post("/labels", {"name": "urgent"})
    changed(deskie, case, subject="Changed", priority="high", status="waiting", staff_id=cast.ben.id, group_id=1)
    changed(deskie, case, add_labels=[1], language_id=4, user_id=cast.amy.id, staff_id=0)
    changed(deskie, case, delete_labels=[1], status="closed")
    ben, una = str(cast.ben.id), str(cast.una.id)
    assert team == 201
    assert changes(deskie, case) == [
        ("subject", "I need help", "Changed"),
        ("priority", "normal", "high"),
        ("status", "open", "waiting"),
        ("staff", "0", ben),
        ("group", "0", "1"),
        ("language", "0", "4"),
        ("user", una, str(cast.amy.id)),
        ("staff", ben, "0"),
        ("labels", "", "1"),
        ("status", "waiting", "closed"),
        ("labels", "1", ""),
    ]
    [first, *_] = found = entries(deskie, case)
    assert {one["done_by"] for one in found} == {f"staff_{ben}"}
    assert first.keys() == {"created_at", "event", "done_by", "old_value", "value"}
    assert first["created_at"].endswith("+0000")


def test_who_did_it_is_a_user_a_staff_member_or_casey_itself(
    app: Flask, deskie: Deskie, api: Api, cast: Cast, case: str
) -> None:
    number = int(case.rpartition("/")[2])
    with app.app_context(), transaction():
        close_case(case_numbered(number), by=None)
    deskie.post(f"{case}/messages.json", {"message": {"content": "Hi", "user_id": cast.una.id}})
    deskie.post(f"{case}/messages.json", {"message": {"content": "Hi"}})
    assert [(one["event"], one["done_by"]) for one in entries(deskie, case)] == [
        ("status", "rule_0"),
        ("status", f"user_{cast.una.id}"),
        ("status", f"staff_{cast.ben.id}"),
    ]
    key = api.post("/api-keys", {"role": "agent", "name": "shop"}).json["key"]
    reference = deskie.get(f"{case}.json").json["case"]["case_number"]
    [native] = api.get(f"/cases?reference={reference}").json["items"]
    api.as_(key).patch(f"/cases/{native['uuid']}", {"subject": "By the shop"})
    assert entries(deskie, case)[-1]["done_by"] == "staff_0"
    assert [one["done_by"] for one in entries(deskie, case, "?rules=0")] == ["rule_0"]
    assert entries(deskie, case, "?rules[]=1332") == []


def test_statuses_that_are_one_for_deskie_change_nothing(deskie: Deskie, api: Api, case: str) -> None:
    reference = deskie.get(f"{case}.json").json["case"]["case_number"]
    [native] = api.get(f"/cases?reference={reference}").json["items"]
    for status in ("open", "resolved", "closed", "open"):
        api.patch(f"/cases/{native['uuid']}", {"status": status})
    assert changes(deskie, case) == [("status", "open", "closed"), ("status", "closed", "open")]
    assert changes(deskie, case, "?status=any,any") == changes(deskie, case)


@on_both
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("status=any,any", ["status", "status"]),
        ("status=any,closed", ["status"]),
        ("status=open,any", ["status"]),
        ("status=closed,any", []),
        ("status=empty,any", []),
        ("priority=normal,high", ["priority"]),
        ("priority=any,low", []),
        ("subject=I need help,Changed, twice", ["subject"]),
        ("subject=Changed,any", []),
        ("staff=empty,{ben}", ["staff"]),
        ("staff=0,any", ["staff"]),
        ("staff={ben},empty", ["staff"]),
        ("staff=any,{amy}", []),
        ("group=any,1", ["group"]),
        ("group=empty,1", ["group"]),
        ("group=0,any", ["group"]),
        ("group=1,any", []),
        ("labels=empty,1", ["labels"]),
        ("labels=1,empty", []),
        ("labels=any,2", []),
        ("labels=any,99", []),
        ("status=any,closed&priority=any,any", ["priority", "status"]),
        ("fixed_chat_staff=any,any", []),
        ("show_chat_activation=true", []),
        ("show_chat_completion=1&status=any,closed", ["status"]),
        ("custom_fields=any,any", ["custom_field_1", "custom_field_2", "custom_field_3", "custom_field_3"]),
        ("custom_fields=empty,some text", ["custom_field_1"]),
        ("custom_fields=any,2", ["custom_field_2"]),
        ("custom_fields=any,true", ["custom_field_3"]),
        ("custom_fields=true,0", ["custom_field_3"]),
        ("custom_fields[cf_2]=any,2", ["custom_field_2"]),
        ("custom_fields[cf_2]=any,1", []),
        ("custom_fields[cf_3]=empty,any", ["custom_field_3"]),
    ],
)
def test_filters_say_what_was_and_what_is(
    deskie: Deskie, api: Api, cast: Cast, case: str, asked: str, found: list[str]
) -> None:
    defined(api, "note", "text")
    defined(api, "size", "select", options=[{"key": "small", "title": "Small"}, {"key": "large", "title": "Large"}])
    defined(api, "vip", "checkbox")
    for label in ("urgent", "late"):
        api.post("/labels", {"name": label})
    api.post("/teams", {"name": "Billing"})
    changed(deskie, case, subject="Changed, twice", priority="high", status="waiting", staff_id=cast.ben.id, group_id=1)
    changed(deskie, case, add_labels=[1], custom_fields={"cf_1": "some text", "cf_2": 2, "cf_3": True})
    changed(deskie, case, staff_id=0, status="closed", custom_fields={"cf_3": False})
    asked = asked.format(ben=cast.ben.id, amy=cast.amy.id)
    assert [one for one, *_ in changes(deskie, case, f"?{asked}")] == found


def test_what_is_said_in_fields_is_told_as_the_case_tells_it(deskie: Deskie, api: Api, case: str) -> None:
    defined(api, "size", "select", options=[{"key": "small", "title": "Small"}, {"key": "large", "title": "Large"}])
    defined(api, "vip", "checkbox")
    changed(deskie, case, custom_fields={"cf_1": 2, "cf_2": True})
    changed(deskie, case, custom_fields={"cf_1": ""})
    assert changes(deskie, case) == [
        ("custom_field_1", "", "2"),
        ("custom_field_2", "", "true"),
        ("custom_field_1", "2", ""),
    ]
    api.delete("/fields/case/size")
    assert len(changes(deskie, case)) == 3


def test_a_label_that_is_gone_is_told_by_its_name(deskie: Deskie, api: Api, case: str) -> None:
    api.post("/labels", {"name": "urgent"})
    changed(deskie, case, add_labels=[1])
    api.delete("/labels/urgent")
    assert changes(deskie, case) == [("labels", "", "urgent")]


def test_what_was_redacted_is_told_as_that(deskie: Deskie, api: Api, case: str, work: Worker) -> None:
    defined(api, "size", "text")
    changed(deskie, case, status="waiting", custom_fields={"cf_1": "Large"})
    for text in ("waiting", "size"):
        assert api.post("/redactions", {"text": text}).status_code == 202
    work()
    assert changes(deskie, case) == [("custom_field_0", "", "Large"), ("status", "open", "[redacted]")]


@pytest.mark.parametrize("asked", ["status=closed", "status=shut,any", "staff=ben,any", "labels=x,any", "group=,any"])
def test_a_filter_that_says_nothing_is_refused(deskie: Deskie, case: str, asked: str) -> None:
    answer = deskie.get(f"{case}/changelog.json?{asked}")
    assert (answer.status_code, answer.json["error"]) == (422, f"wrong_{asked.partition('=')[0]}")


@pytest.mark.parametrize("asked", ["custom_fields=1", "custom_fields[cf_9]=any,any", "custom_fields[cf_1]=any"])
def test_a_filter_of_a_field_that_is_not_there_is_refused(deskie: Deskie, case: str, asked: str) -> None:
    assert deskie.get(f"{case}/changelog.json?{asked}").json["error"] == "wrong_custom_fields"


def test_many_fields_cost_no_more_questions_than_one(app: Flask, deskie: Deskie, api: Api, case: str) -> None:
    for number in range(1, 21):
        defined(api, f"field_{number}", "text")
    counts = []
    for most in (1, 20):
        with queries(app) as asked:
            deskie.get(f"{case}/changelog.json?{'&'.join(f'custom_fields[cf_{n + 1}]=any,x' for n in range(most))}")
        counts.append(len(asked))
    assert counts[0] == counts[1], counts


def test_the_last_hundred_or_a_page(app: Flask, deskie: Deskie, case: str) -> None:
    counts = []
    for number in range(104):
        changed(deskie, case, subject=f"{number}", priority=("low", "high")[number % 2])
        if number in {2, 50, 103}:
            with queries(app) as asked:
                entries(deskie, case)
            counts.append(len(asked))
    assert len(set(counts)) == 1, counts
    subjects = [f"{number}" for number in range(104)]
    assert [now for _, _, now in changes(deskie, case, "?subject=any,any")] == subjects[4:]
    assert [now for _, _, now in changes(deskie, case, "?subject=any,any&page=2&limit=3")] == subjects[3:6]
    assert deskie.get(f"{case}/changelog.json?subject=any,any&limit=1").json["total_count"] == 104
    assert entries(deskie, case, "?page=500") == []
    assert deskie.get("/cases/99999/changelog.json").json["error"] == "case_not_found"

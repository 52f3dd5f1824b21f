"""Changing cases on Kayako's wire: one, several, their tags, the trash, and merging."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.emptying import undone_emptyings
from app.cases.field_definitions import define_field
from app.cases.models import Status
from app.cases.statuses import create_status
from app.jobs.cases import empty_trash
from app.people.teams import create_team
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.api.kayako.test_cases import wrong
from tests.cast import UNA, Cast
from tests.conftest import on_both
from tests.sandbox import Outside


def changed(kayako: Kayako, number: int, **said: Any) -> Any:
    answer = kayako.put(f"/cases/{number}?fields=+tags&include=tag", said)
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


@pytest.mark.usefixtures("form")
@on_both
def test_all_that_is_said_of_a_case_can_be_changed(app: Flask, kayako: Kayako, cast: Cast) -> None:
    with app.app_context(), transaction():
        team = create_team("Sales", {}, by=None).id
        own = create_status("Waiting for parts", Status.WAITING, by=None).id
    number = kayako.opened(tags="late", assigned_agent_id=cast.amy.id)["id"]
    case = changed(
        kayako,
        number,
        subject="Another one",
        requester_id=cast.una.id,
        assigned_team_id=str(team),
        assigned_agent_id=cast.ben.id,
        brand_id=1,
        status_id=100 + own,
        priority_id="4",
        type_id="2",
        form_id=1,
        tags="early,broken",
        _is_fully_loaded=True,
    )
    assert (case["subject"], case["requester"]["id"]) == ("Another one", cast.una.id)
    assert case["assigned_team"] == {"id": team, "legacy_id": None, "resource_type": "team"}
    assert (case["assigned_agent"]["id"], case["priority"]["id"], case["type"]["id"]) == (cast.ben.id, 4, 2)
    assert (case["status"]["id"], case["last_pending_at"] is not None) == (100 + own, True)
    assert [one["name"] for one in case["tags"]] == ["early", "broken"]
    assert case["last_updated_by"]["id"] == cast.ben.id
    assert case["agent_updated_at"] == case["last_agent_activity_at"]
    assert case["latest_assignee_update"] is not None
    nothing = changed(kayako, number, assigned_team_id=0, assigned_agent_id=None, type_id=None, tags="")
    assert [nothing[name] for name in ("assigned_team", "assigned_agent", "type", "tags")] == [None, None, None, []]


def test_a_case_is_completed_and_closed_by_somebody(kayako: Kayako, cast: Cast, user: Callable[[str], Kayako]) -> None:
    number = kayako.opened()["id"]
    case = changed(user("amy"), number, status_id=4)
    assert (case["last_completed_by"]["id"], case["last_closed_by"]) == (cast.amy.id, None)
    assert case["last_completed_at"] is not None
    case = changed(kayako, number, status_id=5)
    assert (case["last_closed_by"]["id"], case["last_completed_by"]["id"]) == (cast.ben.id, cast.amy.id)
    case = changed(kayako, number, status_id=2)
    assert case["last_closed_at"] is not None
    assert case["last_opened_at"] is not None


def test_a_client_says_it_by_label(kayako: Kayako, cast: Cast) -> None:
    number = kayako.opened(requester={"id": cast.una.id})["id"]
    said = {"status": "PENDING", "priority": "HIGH", "tags": [{"name": "late"}], "assigned_agent": {"id": cast.amy.id}}
    case = kayako.patch(f"/cases/{number}?fields=+tags", said).json["data"]
    assert (case["status"]["id"], case["priority"]["id"], len(case["tags"])) == (3, 3, 1)
    assert (case["assigned_agent"]["id"], case["requester"]["id"]) == (cast.amy.id, cast.una.id)
    assert kayako.put(f"/cases/{number}", {"status": {"id": 2}}).json["data"]["status"]["id"] == 2


@on_both
def test_fields_say_what_they_are_told(app: Flask, kayako: Kayako) -> None:
    options = [{"key": "mill", "title": "Mill"}, {"key": "pump", "title": "Pump"}]
    kinds = {
        "order": (FieldType.NUMBER, {}),
        "weight": (FieldType.DECIMAL, {}),
        "urgent": (FieldType.YES_NO, {}),
        "part": (FieldType.SELECT, {"options": options}),
        "parts": (FieldType.MULTI_SELECT, {"options": options}),
    }
    with app.app_context(), transaction():
        fields = {
            key: define_field(FieldLevel.CASE, key, kind, {"title": key, **more}, by=None)
            for key, (kind, more) in kinds.items()
        }
        mill, pump = (one.id for one in fields["parts"].options)
        numbers = {one.id: key for key, one in fields.items()}
    said = {"order": "5", "urgent": "true", "part": "Pump", "parts": f"{mill},{pump}"}
    number = kayako.opened(field_values=said)["id"]
    told = {
        numbers[one["field"]["id"]]: one["value"]
        for one in kayako.get(f"/cases/{number}").json["data"]["custom_fields"]
    }
    assert told.pop("part").isdecimal()
    assert told == {"order": "5", "urgent": "yes", "parts": f"{mill},{pump}"}
    form = {"field_values[order]": "", "field_values[parts]": str(pump)}
    case = kayako.call("PUT", f"/cases/{number}", data=form).json["data"]
    told = {numbers[one["field"]["id"]]: one["value"] for one in case["custom_fields"]}
    assert (told["parts"], "order" in told) == (str(pump), False)
    [one] = case["custom_fields"][:1]
    assert (one["resource_type"], one["field"]["resource_type"]) == ("case_field_value", "case_field")
    for key, value in (
        ("order", "x"),
        ("order", "9" * 30),
        ("weight", "1e999"),
        ("weight", "nan"),
        ("urgent", "perhaps"),
        ("part", "none"),
    ):
        answer = kayako.put(f"/cases/{number}", {"field_values": {key: value}})
        assert wrong(answer) == (400, "FIELD_INVALID", f"field_values[{key}]"), value


def test_whoever_may_not_trash_a_case_does_not_by_changing_it(kayako: Kayako, user: Callable[[str], Kayako]) -> None:
    number = kayako.opened()["id"]
    assert user("amy").put(f"/cases/{number}", {"state": "TRASH"}).status_code == 403
    assert user("amy").put(f"/cases?ids={number}", {"state": "TRASH"}).status_code == 403
    assert changed(kayako, number, state="TRASH")["state"] == "TRASH"


def test_a_case_goes_into_the_trash_and_comes_back(kayako: Kayako) -> None:
    number = kayako.opened()["id"]
    assert kayako.put(f"/cases/{number}/trash", []).json["data"]["state"] == "TRASH"
    assert kayako.get("/cases").json["total_count"] == 0
    assert kayako.put(f"/cases/{number}/restore").json["data"]["state"] == "ACTIVE"
    assert kayako.get("/cases").json["total_count"] == 1


@pytest.mark.parametrize("body", [False, True])
def test_several_go_into_the_trash_which_is_then_emptied(
    app: Flask, kayako: Kayako, user: Callable[[str], Kayako], body: bool
) -> None:
    ids = f"{kayako.opened()['id']},{kayako.opened()['id']},777"
    answer = kayako.put("/cases/trash", {"ids": ids}) if body else kayako.put(f"/cases/trash?ids={ids}", [])
    assert answer.json == {"status": 200, "total_count": 2, "session_id": answer.json["session_id"]}
    with app.app_context():
        assert undone_emptyings() == []
    emptied = user("olga").delete("/cases/trash")
    assert emptied.json == {"status": 200, "session_id": emptied.json["session_id"]}
    with app.app_context():
        [emptying] = undone_emptyings()
        empty_trash(emptying)
    assert kayako.get(f"/cases?ids={ids}").json["total_count"] == 0


@on_both
def test_several_cases_are_changed_in_one_call(
    kayako: Kayako, cast: Cast, outside: Outside, work: Callable[[], None]
) -> None:
    ids = [kayako.opened(creator_id=cast.una.id, tags="old")["id"] for _ in range(2)]
    merged = kayako.opened(creator_id=cast.una.id)["id"]
    kayako.post(f"/cases/{ids[0]}/merge", {"case_ids": merged})
    work()
    before = len(outside.inbox(UNA))
    said = {"status_id": 3, "priority_id": 4, "assigned_agent_id": cast.amy.id, "tags": "new", "type_id": 1}
    answer = kayako.put(f"/cases?ids={ids[0]},{ids[1]},{merged}", {**said, "reply": "Soon", "notes": "Not today"})
    assert answer.json["total_count"] == 2
    for one in kayako.get("/cases?fields=+tags&include=tag").json["data"]:
        assert (one["status"]["id"], one["priority"]["id"], one["assigned_agent"]["id"]) == (3, 4, cast.amy.id)
        assert ({tag["name"] for tag in one["tags"]}, one["has_notes"]) == ({"old", "new"}, True)
    work()
    assert len(outside.inbox(UNA)) == before + 2


def test_several_are_refused_together_where_what_is_said_is_wrong(kayako: Kayako) -> None:
    number = kayako.opened()["id"]
    assert wrong(kayako.put(f"/cases?ids={number}", {"status_id": 77})) == (400, "FIELD_INVALID", "status_id")
    assert wrong(kayako.put(f"/cases?ids={number}", {"reply": " "})) == (400, "FIELD_EMPTY", "reply")
    assert wrong(kayako.put(f"/cases?ids={number}", {"notes": " "})) == (400, "FIELD_EMPTY", "notes")
    assert wrong(kayako.put("/cases", {"status_id": 3})) == (400, "FIELD_REQUIRED", "ids")
    assert wrong(kayako.put("/cases?ids=x", {})) == (400, "FIELD_INVALID", "ids")
    assert kayako.put("/cases?ids=777", {"status_id": 3}).status_code == 404


def test_tags_are_added_replaced_and_taken_off(kayako: Kayako) -> None:
    path = f"/cases/{kayako.opened(tags='late')['id']}/tags"
    added = kayako.post(path, {"tags": "broken,late"})
    assert (added.status_code, added.json["resource"], added.json["total_count"]) == (201, "tag", 2)
    assert [one["name"] for one in added.json["data"]] == ["late", "broken"]
    assert kayako.get(path).json["data"] == added.json["data"]
    assert [one["name"] for one in kayako.put(path, {"tags": ["new", "late"]}).json["data"]] == ["late", "new"]
    assert [one["name"] for one in kayako.delete(f"{path}?tags=late,none").json["data"]] == ["new"]
    assert wrong(kayako.delete(path)) == (400, "FIELD_REQUIRED", "tags")
    assert wrong(kayako.post(path, {})) == (400, "FIELD_REQUIRED", "tags")


def test_cases_are_merged_into_the_oldest(kayako: Kayako, cast: Cast) -> None:
    first, second, third = (kayako.opened(creator_id=cast.una.id)["id"] for _ in range(3))
    case = kayako.post(f"/cases/{third}/merge", {"case_ids": f"{first},{second}"}).json["data"]
    assert (case["id"], case["post_count"], case["is_merged"]) == (first, 3, False)
    assert kayako.get(f"/cases/{third}").json["data"]["is_merged"] is True
    assert kayako.get("/cases").json["total_count"] == 1
    assert kayako.put(f"/cases/{third}", {"subject": "x"}).status_code == 409
    assert wrong(kayako.post(f"/cases/{first}/merge", {"case_ids": "777"})) == (400, "FIELD_INVALID", "case_ids")
    assert wrong(kayako.post(f"/cases/{first}/merge", {"case_ids": first})) == (400, "FIELD_INVALID", "case_ids")


def test_customers_do_not_read_what_others_wrote_unless_it_is_said_that_they_may(kayako: Kayako, cast: Cast) -> None:
    first, second = kayako.opened(creator_id=cast.una.id)["id"], kayako.opened()["id"]
    refused = kayako.post(f"/cases/{first}/merge", {"case_ids": second})
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (409, "NOT_ALLOWED")
    merged = kayako.post(f"/cases/{first}/merge", {"case_ids": second, "share": True})
    assert merged.json["data"]["post_count"] == 2


def test_nothing_is_changed_that_the_caller_does_not_know(kayako: Kayako) -> None:
    number = kayako.opened()["id"]
    version = kayako.get(f"/cases/{number}").headers["ETag"]
    assert kayako.put(f"/cases/{number}", {"priority_id": 4}, headers={"If-Match": version}).status_code == 200
    assert kayako.put(f"/cases/{number}", {"priority_id": 1}, headers={"If-Match": version}).status_code == 412


def test_the_version_of_a_case_is_the_same_whichever_fields_are_read(kayako: Kayako) -> None:
    number = kayako.opened()["id"]
    with_tags = kayako.get(f"/cases/{number}?fields=%2Btags").headers["ETag"]
    assert kayako.get(f"/cases/{number}").headers["ETag"] == with_tags
    assert "tags" not in kayako.get(f"/cases/{number}").json["data"]
    assert kayako.put(f"/cases/{number}", {"tags": "late"}, headers={"If-Match": with_tags}).status_code == 200
    assert kayako.put(f"/cases/{number}", {"tags": "new"}, headers={"If-Match": with_tags}).status_code == 412

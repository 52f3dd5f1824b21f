"""What can be asked of the list of cases: filters, sort keys, members, and pages by cursor."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from app.cases.models import Case, Priority, Status
from app.cases.notes import write_note
from app.cases.queries import case_by_uuid
from app.extensions import db
from app.people.models import Organization, Person, Team
from app.transaction import transaction
from tests.api.test_lists import walked
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both
from tests.queries import queries

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def opened(app: Flask, api: Api, cast: Cast) -> list[str]:
    """Four cases of the first days of March, the second the most interesting one."""
    case = {"creator": {"email": UNA}, "subject": "It burns", "message": "Hello"}
    uuids = [api.post("/cases", {**case, "tags": tags}).json["uuid"] for tags in (["Bug"], ["bug", "sad"], ["Sad"], [])]
    with app.app_context(), transaction():
        cases = list(db.session.scalars(db.select(Case).order_by(Case.id)))
        for number, one in enumerate(cases):
            one.created_at, one.last_post_at = MARCH + number * DAY, MARCH - number * DAY
        _interesting(cases[1], cast)
        cases[2].category = "bills, late"
        cases[3].status = Status.WAITING
    return uuids


def _interesting(case: Case, cast: Cast) -> None:
    case.status, case.priority, case.type = Status.CLOSED, Priority.HIGH, "question"
    case.category, case.external_id, case.closed_at, case.language = "support", "theirs-1", MARCH + 9 * DAY, "de"
    case.assignee = db.session.get(Person, cast.ben.id)
    team, organization = Team(name="First line"), Organization(name="Acme")
    db.session.add_all([team, organization])
    db.session.flush()
    case.team_id, case.organization_id = team.id, organization.id


def listed(api: Api, path: str, limit: int) -> list[Any]:
    """The uuids on all pages of a list."""
    return [uuid for page in walked(api, path, limit) for uuid in page]


FOUND = [
    ("status=closed", [1]),
    ("status=new,waiting", [3, 2, 0]),
    ("not.status=closed", [3, 2, 0]),
    ("priority=high,critical", [1]),
    ("type=question", [1]),
    ("not.type=question", [3, 2, 0]),
    ("type=none", [3, 2, 0]),
    ("category=support,none", [3, 1, 0]),
    ("category=bills\\, late", [2]),
    ("channel=api", [3, 2, 1, 0]),
    ("channel=mail", []),
    ("language=de", [1]),
    ("tag=bug", [1, 0]),
    ("tag=BUG,sad", [2, 1, 0]),
    ("not.tag=sad", [3, 0]),
    ("tag=unknown", []),
    ("creator=una@customer.test", [3, 2, 1, 0]),
    ("requester=eve@stranger.test", []),
    ("assignee=BEN@team.test", [1]),
    ("assignee=none", [3, 2, 0]),
    ("not.assignee=none", [1]),
    ("not.assignee=ben@team.test", [3, 2, 0]),
    ("assignee=me", []),
    ("assignee=me,none", [3, 2, 0]),
    ("team=none", [3, 2, 0]),
    ("organization=none", [3, 2, 0]),
    ("created_at=2026-03-02", [1]),
    ("created_at=2026-03-02..2026-03-04", [2, 1]),
    ("created_at=..2026-03-02", [0]),
    ("created_at=2026-03-03..", [3, 2]),
    ("created_at=2026-03-01T22:00:00-02:00..2026-03-02T00:00:01Z", [1]),
    ("not.created_at=2026-03-02", [3, 2, 0]),
    ("last_post_at=2026-02-27..", [2, 1, 0]),
    ("closed_at=none", [3, 2, 0]),
    ("not.closed_at=2026-03-10", [3, 2, 0]),
    ("external_id=theirs-1", [1]),
    ("state=any", [3, 2, 1, 0]),
    ("state=spam,trash", []),
    ("not.state=spam", [3, 2, 1, 0]),
    ("sort=created_at", [0, 1, 2, 3]),
    ("sort=-last_post_at", [0, 1, 2, 3]),
    ("sort=last_post_at", [3, 2, 1, 0]),
    ("sort=closed_at", [1]),
    ("status=closed&assignee=ben@team.test&tag=sad", [1]),
]


@on_both
def test_cases_are_found_and_sorted_by_what_their_rows_show(api: Api, opened: list[str]) -> None:
    for query, numbers in FOUND:
        expected = [opened[number] for number in numbers]
        assert listed(api, f"/cases?{query}", 1) == expected, query
        counted = api.get(f"/cases?{query}&total=true&limit=1").json["total"]
        assert counted == (4 if "sort" in query else len(expected)), query


def test_cases_are_found_by_the_uuids_of_whom_they_belong_to(app: Flask, api: Api, opened: list[str]) -> None:
    row = api.get("/cases?status=closed").json["items"][0]
    with app.app_context():
        team, organization = (
            db.session.scalars(db.select(Team.uuid)).one(),
            db.session.scalars(db.select(Organization.uuid)).one(),
        )
    for query in (
        f"assignee={row['assignee']['uuid']}",
        f"reference={row['reference']}",
        f"team={team}",
        f"organization={organization}",
    ):
        assert [one["uuid"] for one in api.get(f"/cases?{query}").json["items"]] == [opened[1]]


REFUSED = [
    ("stauts=new", "stauts", "There are: limit, state, status, priority"),
    ("not.stauts=new", "not.stauts", "There are: limit, state, status, priority"),
    ("status=fresh", "status", "must be new or open or waiting or resolved or closed"),
    ("status=new,", "status", "must be a value"),
    ("not.status=fresh", "not.status", "must be new"),
    ("state=gone", "state", "must be pending"),
    ("sort=subject", "sort", "must be created_at or -created_at or updated_at"),
    ("sort=uuid; DROP TABLE cases", "sort", "must be created_at"),
    ("created_at=yesterday", "created_at", "must be a day, or a range"),
    ("created_at=2026-03-01T00:00:00Z", "created_at", "must be a day, or a range"),
    ("created_at=..", "created_at", "must be a day, or a range"),
    ("created_at=9999-12-31", "created_at", "must be a day, or a range"),
    ("created_at=0001-01-01T00:00:00%2B09:00..", "created_at", "must be a day, or a range"),
    ("assignee=somebody", "assignee", "must be a UUID"),
    ("team=first", "team", "must be a UUID"),
    ("fields=uuid,secret", "fields", "There are: participants, messages, notes, uuid, reference"),
    ("expand=events", "expand", "There are: participants, messages, notes."),
    ("total=perhaps", "total", "true or false"),
    ("status=" + "new," * 50 + "new", "status", "up to 50"),
]


def test_what_the_list_does_not_know_is_refused_with_what_it_does(api: Api) -> None:
    for query, field, says in REFUSED:
        answer = api.get(f"/cases?{query}")
        assert (answer.status_code, answer.json["field"]) == (422, field), query
        assert says in answer.json["errors"][0]["detail"], query


def cursor(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


BAD_CURSORS = [
    "",
    "x",
    "1",
    "é",
    cursor(1),
    cursor({"a": 1}),
    cursor(["-updated_at", "2026-03-01T00:00:00+00:00", 1]),
    cursor(["-created_at", "2026-03-01T00:00:00", 1]),
    cursor(["-created_at", "soon", 1]),
    cursor(["-created_at", 5, 1]),
    cursor(["-created_at", "2026-03-01T00:00:00+00:00", True]),
    cursor(["-created_at", "2026-03-01T00:00:00+00:00", 2**31]),
    "x" * 3000,
]


def test_a_cursor_that_this_list_did_not_give_is_refused(api: Api) -> None:
    for bad in BAD_CURSORS:
        answer = api.get("/cases", query_string={"cursor": bad})
        assert (answer.status_code, answer.json["field"]) == (422, "cursor"), bad


def test_the_page_names_the_following_one_as_a_link_too(api: Api, opened: list[str]) -> None:
    answer = api.get("/cases?limit=3&status=new,waiting,closed&sort=created_at")
    link, _, rel = answer.headers["Link"].partition("; ")
    assert rel == 'rel="next"'
    address = link.strip("<>").partition("/api/casey/v1")[2]
    assert [one["uuid"] for one in api.get(address).json["items"]] == opened[3:]
    assert "Link" not in api.get(address).headers


def test_no_row_is_lost_or_doubled_when_many_share_a_moment(app: Flask, api: Api) -> None:
    opened = [api.opened(UNA)["uuid"] for _ in range(5)]
    with app.app_context(), transaction():
        db.session.execute(db.update(Case).values(created_at=MARCH))
    assert listed(api, "/cases?sort=created_at", 2) == opened
    assert listed(api, "/cases?sort=-created_at", 2) == opened[::-1]


def test_only_the_members_that_are_asked_for_are_shown(api: Api, opened: list[str]) -> None:
    items = api.get("/cases?fields=uuid,requester&limit=2").json["items"]
    assert [list(one) for one in items] == [["uuid", "requester"]] * 2
    [row] = api.get("/cases?fields=uuid,messages&status=closed").json["items"]
    assert list(row) == ["uuid", "messages"]


def test_rows_are_expanded_with_a_few_queries_however_many_they_are(app: Flask, api: Api, opened: list[str]) -> None:
    with app.app_context(), transaction():
        ben = db.session.scalars(db.select(Person).where(Person.name == "Ben Foo")).one()
        for uuid in opened:
            write_note(case_by_uuid(UUID(uuid)), "Careful", by=ben, channel="api")
    for number in range(12):
        api.post(f"/cases/{opened[3]}/messages", {"from": BEN, "message": f"Number {number}"})
    path = "/cases?expand=messages,participants,notes&sort=-created_at"
    with queries(app) as one:
        [first] = api.get(f"{path}&limit=1").json["items"]
    assert [post["message"] for post in first["messages"]] == [f"Number {number}" for number in range(2, 12)]
    with queries(app) as all_of_them:
        rows = api.get(path).json["items"]
    assert [[note["note"] for note in row["notes"]] for row in rows] == [["Careful"]] * 4
    assert {one["email"] for one in rows[0]["participants"]} == {UNA, BEN}
    assert len(all_of_them) <= len(one) + 2


def test_me_is_nobody_to_a_key_of_nobody(app: Flask, api: Api) -> None:
    key = api.post("/api-keys", {"role": "agent", "name": "robot"}).json["key"]
    answer = api.as_(key).get("/cases?assignee=me")
    assert (answer.status_code, answer.json["errors"][0]["detail"]) == (
        422,
        "This cannot be me, since the key belongs to no person.",
    )

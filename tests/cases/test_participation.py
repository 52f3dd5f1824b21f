"""Who is in a case, under which name, and who gets what."""

import pytest
from flask import Flask

from app.cases.models import Case
from app.cases.participation import alias_of, join_case
from app.extensions import db
from app.people.persons import create_person, find_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, EVE, OLGA, UNA
from tests.conftest import Worker
from tests.sandbox import Outside

MAX = "max@customer.test"


def test_a_team_member_joins_by_writing_and_a_stranger_cannot(api: Api) -> None:
    api.post("/persons", {"name": "Eve", "email": EVE})
    case = api.opened(UNA)
    path = f"/case/{case['uuid']}/messages"
    assert api.post(path, {"from": BEN, "message": "Hi"}).status_code == 201
    assert api.post(path, {"from": EVE, "message": "Hi"}).status_code == 422
    assert api.post(path, {"from": "nobody@far.test", "message": "Hi"}).status_code == 422
    found = api.get(f"/case/{case['uuid']}").json
    assert [(one["email"], one["alias"]) for one in found["participants"]] == [
        (UNA, "Una Customer"),
        (BEN, "Ben (Support)"),
    ]


def test_a_removed_member_who_writes_again_is_let_in_again(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    path = f"/case/{case['uuid']}"
    api.post(f"{path}/messages", {"from": BEN, "message": "Hi"})
    with app.app_context(), transaction():
        participant = db.session.get_one(Case, 1).participants[-1]
        participant.removed_at = participant.joined_at
    api.post(f"{path}/messages", {"from": BEN, "message": "Hi again"})
    found = api.get(path).json["participants"]
    assert [(one["email"], one["removed_at"]) for one in found] == [(UNA, None), (BEN, None)]


@pytest.mark.parametrize(
    ("format", "alias"),
    [
        ("%firstname% (Support)", "Ben (Support)"),
        ("%name%", "Ben Foo"),
        ("Support", "Support"),
        ("%name%, %firstname%", "Ben Foo, Ben"),
    ],
)
def test_the_alias_of_a_team_member_is_made_by_its_format(api: Api, app: Flask, format: str, alias: str) -> None:
    assert api.post("/config", {"mailTeamAlias": format}).status_code == 200
    with app.app_context():
        ben, una = find_person(BEN), find_person(UNA)
        assert ben is not None
        assert una is not None
        assert alias_of(ben) == alias
        assert alias_of(una) == "Una Customer"


def test_the_alias_of_a_very_long_name_fits(app: Flask, api: Api) -> None:
    with app.app_context(), transaction():
        ben = find_person(BEN)
        assert ben is not None
        ben.name = "B" * 200
    case = api.opened(UNA)
    assert api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "Hi"}).status_code == 201
    with app.app_context():
        assert len(db.session.get_one(Case, 1).participants[-1].alias) == 200


def test_a_placeholder_in_a_name_stays_text(api: Api, app: Flask) -> None:
    with app.app_context(), transaction():
        ben = find_person(BEN)
        assert ben is not None
        ben.name = "%name% %firstname%"
        assert alias_of(ben) == "%name% (Support)"


def test_a_message_goes_to_everybody_else_in_the_case(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    with app.app_context(), transaction():
        join_case(db.session.get_one(Case, 1), create_person("Max", MAX, by=None))
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "Hello both"})
    work()
    assert [len(outside.inbox(one)) for one in (UNA, MAX, BEN, AMY, OLGA)] == [2, 1, 1, 1, 1]
    api.post(f"/case/{case['uuid']}/messages", {"from": MAX, "message": f"Una is {UNA}"})
    work()
    assert f"Una is {UNA}" in outside.inbox(BEN)[-1].get_content()
    assert [len(outside.inbox(one)) for one in (UNA, MAX, BEN, AMY, OLGA)] == [3, 1, 2, 1, 1]


@pytest.mark.parametrize("mark", ["removed_at", "muted_at"])
def test_who_was_removed_or_muted_gets_nothing_more(
    app: Flask, api: Api, work: Worker, outside: Outside, mark: str
) -> None:
    case = api.opened(UNA)
    work()
    with app.app_context(), transaction():
        [una] = db.session.get_one(Case, 1).participants
        setattr(una, mark, una.joined_at)
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "Hi"})
    work()
    assert len(outside.inbox(UNA)) == 1


@pytest.mark.settings(CASEY_CASE_SEND_COPY="true")
def test_whoever_posts_gets_a_copy_where_that_is_wanted(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "Which table?"})
    api.post(f"/case/{case['uuid']}/messages", {"from": UNA, "message": "This one."})
    work()
    for writer, text in ((UNA, "This one."), (BEN, "Which table?")):
        [copy] = [one.get_content() for one in outside.inbox(writer) if text in one.get_content()]
        assert "This is a copy of what you wrote" in copy


def test_without_that_nobody_gets_what_he_wrote_himself(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "Which table?"})
    work()
    assert all("Which table?" not in one.get_content() for one in outside.inbox(BEN))

"""Teams: who may be in one, and what their names must be."""

import pytest
from flask import Flask

from app.cases.assignment import assign_team
from app.cases.opening import open_case
from app.errors import Conflict, Invalid
from app.extensions import db
from app.people.models import Person, Role, Team
from app.people.persons import change_role
from app.people.teams import add_member, change_team, create_team, disable_team, enable_team, remove_member
from app.transaction import transaction
from tests.cast import Cast, Member


def of(member: Member) -> Person:
    return db.session.get_one(Person, member.id)


def support() -> Team:
    return create_team("Support", {}, by=None)


def test_members_of_the_team_come_and_go(context: Flask, cast: Cast) -> None:
    with transaction():
        team = support()
        for member in (cast.ben, cast.amy, cast.ben):
            add_member(team, of(member), by=None)
        assert team.members == [of(cast.ben), of(cast.amy)]
        for _ in range(2):
            remove_member(team, of(cast.ben), by=None)
    assert team.members == [of(cast.amy)]


def test_a_customer_is_in_no_team(context: Flask, cast: Cast) -> None:
    with transaction():
        team = support()
        with pytest.raises(Invalid, match="above customer"):
            add_member(team, of(cast.una), by=None)
        add_member(team, of(cast.ben), by=None)
        change_role(of(cast.ben), Role.CUSTOMER, by=None)
    db.session.expire_all()
    assert team.members == []


def test_two_teams_have_neither_one_name_nor_one_id(context: Flask, cast: Cast) -> None:
    with transaction():
        create_team("Sales", {"external_id": "s-1"}, by=None)
        team = support()
        for taken in ({"name": "Sales"}, {"external_id": "s-1"}):
            with pytest.raises(Conflict, match="Another team"):
                change_team(team, taken, by=None)
        change_team(team, {"name": "Support", "external_id": "s-2"}, by=None)
    assert (team.name, team.external_id) == ("Support", "s-2")


@pytest.mark.parametrize("field", ["name", "from_name"])
def test_what_stands_in_a_header_is_one_line(context: Flask, field: str) -> None:
    with transaction():
        team = support()
        with pytest.raises(Invalid, match="one line"):
            change_team(team, {field: "Support\r\nBcc: eve@stranger.test"}, by=None)


def test_a_team_that_is_disabled_takes_no_cases_until_it_is_used_again(context: Flask, cast: Cast) -> None:
    with transaction():
        team, case = support(), open_case(of(cast.una), "I found a bug", "Over there!", channel="api")
        disable_team(team, by=None)
        with pytest.raises(Invalid, match="no longer in use"):
            assign_team(case, team, by=None)
        enable_team(team, by=None)
        assign_team(case, team, by=None)
    assert case.team_id == team.id

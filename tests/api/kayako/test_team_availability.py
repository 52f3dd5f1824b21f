"""Whether teams can be reached at this moment, in Kayako's dialect."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from app.extensions import db
from app.people.models import Person
from app.people.persons import disable_person
from app.people.teams import add_member, create_team, disable_team
from app.sla.business_hours import create_hours, give_hours
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.cast import Cast
from tests.conftest import on_both
from tests.queries import queries

AT = "/teams/availability"
MONDAY = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
SUNDAY = datetime(2027, 2, 28, 10, 0, tzinfo=UTC)
WORKDAY = {"monday": [{"from": "09:00", "to": "17:00"}]}
WEEKEND = {"sunday": [{"from": "09:00", "to": "17:00"}]}


@pytest.fixture
def teams(app: Flask, cast: Cast) -> None:
    """One with ben in it, one without anybody, one with hours of its own, and one that is no longer in use."""
    with app.app_context(), transaction():
        ben = db.session.get_one(Person, cast.ben.id)
        made = {name: create_team(name, {}, by=None) for name in ("Support", "Empty", "Weekend", "Former")}
        for name in ("Support", "Weekend", "Former"):
            add_member(made[name], ben, by=None)
        create_hours("House", {"week": WORKDAY}, by=None)
        give_hours(made["Weekend"], create_hours("Weekend", {"week": WEEKEND}, by=None), by=None)
        disable_team(made["Former"], by=None)


def told(kayako: Kayako) -> dict[str, tuple[bool, bool, int]]:
    answer = kayako.get(f"{AT}?include=team").json
    assert (answer["resource"], answer["total_count"]) == ("team_availability", 4)
    return {
        one["team"]["title"]: (one["is_available"], one["is_working"], one["member_count"]) for one in answer["data"]
    }


@pytest.mark.usefixtures("teams")
@on_both
def test_a_team_can_be_reached_while_it_works_and_somebody_is_in_it(kayako: Kayako) -> None:
    with time_machine.travel(MONDAY):
        assert told(kayako) == {
            "Support": (True, True, 1),
            "Empty": (False, True, 0),
            "Weekend": (False, False, 1),
            "Former": (False, True, 1),
        }
    with time_machine.travel(SUNDAY):
        assert {name: one[0] for name, one in told(kayako).items()} == {
            **dict.fromkeys(("Support", "Empty", "Former"), False),
            "Weekend": True,
        }


@pytest.mark.usefixtures("teams")
def test_who_was_let_go_is_nobody_to_be_reached(app: Flask, user: Callable[[str], Kayako], cast: Cast) -> None:
    with app.app_context(), transaction():
        disable_person(db.session.get_one(Person, cast.ben.id), by=None)
    with time_machine.travel(MONDAY):
        assert told(user("amy"))["Support"] == (False, True, 0)


def test_a_house_without_hours_always_works(kayako: Kayako, app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        add_member(create_team("Support", {}, by=None), db.session.get_one(Person, cast.ben.id), by=None)
    [found] = kayako.get(AT).json["data"]
    assert (found["is_available"], found["is_working"], found["businesshour"]) == (True, True, None)


@pytest.mark.usefixtures("teams")
def test_however_many_teams_there_are_takes_as_many_statements(app: Flask, kayako: Kayako) -> None:
    kayako.get(AT)
    counted = []
    for more in range(2):
        with queries(app) as found:
            kayako.get(f"{AT}?limit=200")
        counted.append(len(found))
        with app.app_context(), transaction():
            for number in range(20):
                create_team(f"Team {more} {number}", {}, by=None)
    assert counted[0] == counted[1]

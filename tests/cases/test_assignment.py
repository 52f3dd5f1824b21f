"""Who answers for a case, how much it presses, and its labels."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.cases.assignment import assign_case, assign_team
from app.cases.labels import attach_labels, detach_labels, label_names
from app.cases.leaving import leave_case, remove_participant
from app.cases.models import Case, Priority
from app.cases.participation import participates
from app.cases.priority import change_priority
from app.clock import now
from app.errors import Conflict, Invalid
from app.extensions import db
from app.people.models import Person, Team
from app.people.persons import disable_person, known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.sandbox import Outside

ONE = pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")


@pytest.fixture
def changing(app: Flask, api: Api) -> Iterator[Case]:
    """A case of una's, to be changed."""
    api.opened(UNA)
    with app.app_context(), transaction():
        yield db.session.get_one(Case, 1)


def person(address: str) -> Person:
    return known_person(address, field="email")


@on_both
def test_who_is_assigned_joins_and_another_takes_his_place(changing: Case, cast: Cast) -> None:
    ben, amy, olga = (person(one) for one in (BEN, AMY, OLGA))
    assign_case(changing, ben, by=olga)
    assign_case(changing, ben, by=olga)
    assign_case(changing, amy, by=olga)
    assign_case(changing, None, by=olga)
    assert participates(changing, ben)
    assert happened("case_assigned") == [
        ("case_assigned", None, ben.id, olga.id),
        ("case_assigned", ben.id, amy.id, olga.id),
        ("case_assigned", amy.id, None, olga.id),
    ]


def test_who_is_assigned_gets_the_mail_of_the_case(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    with app.app_context(), transaction():
        assign_case(db.session.get_one(Case, 1), person(OLGA), by=person(BEN))
    work()
    outside.reply(outside.inbox(UNA)[0], "It also squeaks.")
    work()
    assert "It also squeaks." in outside.inbox(OLGA)[-1].get_content()


def test_only_an_active_member_of_the_team_can_answer_for_a_case(changing: Case) -> None:
    disable_person(person(AMY), by=None)
    for address in (UNA, AMY):
        with pytest.raises(Invalid, match="active member"):
            assign_case(changing, person(address), by=None)
    assert changing.assignee is None


def test_a_team_answers_for_a_case_while_it_is_in_use(changing: Case, cast: Cast) -> None:
    team = Team(name="Billing")
    db.session.add(team)
    db.session.flush()
    for wanted in (team, team, None):
        assign_team(changing, wanted, by=person(BEN))
    assert happened("team_assigned") == [
        ("team_assigned", None, team.id, cast.ben.id),
        ("team_assigned", team.id, None, cast.ben.id),
    ]
    team.disabled_at = now()
    with pytest.raises(Invalid, match="no longer in use"):
        assign_team(changing, team, by=None)


@pytest.mark.parametrize("leave", [leave_case, lambda case, ben: remove_participant(case, ben, by=None)])
def test_who_leaves_a_case_answers_for_it_no_longer(changing: Case, leave: object) -> None:
    assign_case(changing, person(BEN), by=None)
    leave(changing, person(BEN))  # type: ignore[operator]
    assert changing.assignee is None
    assert not participates(changing, person(BEN))


@ONE
def test_when_the_only_one_of_the_team_leaves_the_next_is_asked(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    with app.app_context(), transaction():
        leave_case(db.session.get_one(Case, 1), person(BEN))
    work()
    assert [len(outside.inbox(one)) for one in (BEN, AMY, OLGA)] == [1, 1, 0]


def test_while_others_are_asked_nobody_new_is_when_one_leaves(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    with app.app_context(), transaction():
        leave_case(db.session.get_one(Case, 1), person(BEN))
    outside.reply(outside.inbox(UNA)[0], "It also squeaks.")
    work()
    assert [len(outside.inbox(one)) for one in (BEN, AMY, OLGA)] == [1, 2, 2]


@on_both
def test_a_priority_is_changed_once(changing: Case, cast: Cast) -> None:
    for _ in range(2):
        change_priority(changing, Priority.HIGH, by=person(BEN))
    assert happened("priority_changed") == [("priority_changed", "normal", "high", cast.ben.id)]


@on_both
def test_labels_are_put_on_and_taken_off_whatever_their_case(changing: Case, cast: Cast) -> None:
    ben = person(BEN)
    attach_labels(changing, ["Billing", "late"], by=ben)
    attach_labels(changing, ["billing "], by=ben)
    detach_labels(changing, ["LATE", "unknown"], by=ben)
    assert label_names(changing) == ["Billing"]
    assert happened("label_attached", "label_detached") == [
        ("label_attached", None, "Billing", ben.id),
        ("label_attached", None, "late", ben.id),
        ("label_detached", "late", None, ben.id),
    ]


def test_a_label_that_a_rule_put_there_stays(changing: Case) -> None:
    attach_labels(changing, ["vip"], by=None)
    changing.labels[0].locked = True
    with pytest.raises(Conflict, match="A rule"):
        detach_labels(changing, ["vip"], by=person(BEN))
    assert label_names(changing) == ["vip"]


def test_the_labels_a_case_is_opened_with_are_no_change(app: Flask, api: Api) -> None:
    api.post("/cases", {"creator": {"email": UNA}, "subject": "s", "message": "m", "tags": ["Billing"]})
    with app.app_context():
        assert label_names(db.session.get_one(Case, 1)) == ["Billing"]
        assert happened("label_attached") == []

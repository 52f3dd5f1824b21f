"""Changing a case: each thing by a verb of its own, told with what was and what is."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.cases.changing import CHANGES, change_case
from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.cases.forms import create_form
from app.cases.models import Case, Priority, Status
from app.cases.participation import participates
from app.cases.statuses import create_status
from app.errors import Conflict, Invalid
from app.events import Event
from app.extensions import db
from app.people.models import Person, Team
from app.people.persons import create_person, disable_person, known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import on_both


@pytest.fixture
def case(app: Flask, api: Api) -> Iterator[Case]:
    """A case of una's, to be changed."""
    api.opened(UNA)
    with app.app_context(), transaction():
        yield db.session.get_one(Case, 1)


def person(address: str) -> Person:
    return known_person(address, field="email")


def events() -> int:
    return db.session.query(Event).count()


@on_both
@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("subject", "I found a bug", "I found two bugs"),
        ("type", None, "problem"),
        ("category", None, "warranty"),
        ("language", None, "pt-BR"),
        ("priority", "normal", Priority.CRITICAL),
        ("status", "new", Status.WAITING),
    ],
)
def test_what_is_changed_is_told_once_with_what_was(
    case: Case, cast: Cast, what: str, old: object, new: object
) -> None:
    for _ in range(2):
        change_case(case, {what: new}, by=person(BEN))
    assert getattr(case, what) == new
    assert happened(f"{what}_changed") == [(f"{what}_changed", old, new, cast.ben.id)]


@on_both
def test_what_is_so_already_is_no_change(case: Case) -> None:
    team = Team(name="Billing")
    db.session.add(team)
    create_status("With the maker", Status.WAITING, by=None)
    define_field(FieldLevel.CASE, "order", FieldType.NUMBER, {"title": "Order"}, by=None)
    create_form({"title": "Returns"}, by=None)
    everything = {
        "subject": "Squeaks",
        "form": "Returns",
        "type": "incident",
        "custom_fields": {"order": 4711},
        "category": "warranty",
        "language": "de",
        "meta": {"order": 1, "gone": None},
        "priority": Priority.LOW,
        "custom_status": "With the maker",
        "requester": person(BEN),
        "assignee": person(AMY),
        "team": team,
    }
    assert {*everything, "status"} == set(CHANGES)
    change_case(case, everything, by=person(OLGA))
    db.session.flush()
    told, changed = events(), case.updated_at
    change_case(case, everything, by=person(OLGA))
    db.session.flush()
    assert (events(), case.updated_at) == (told, changed)


@on_both
def test_own_data_is_merged_key_by_key(case: Case, cast: Cast) -> None:
    change_case(case, {"meta": {"order": 4711, "paid": True, "items": [1]}}, by=None)
    change_case(case, {"meta": {"paid": 1, "order": None, "unknown": None, "items": [1]}}, by=person(BEN))
    assert case.meta == {"paid": 1, "items": [1]}
    _, second = happened("meta_changed")
    assert second == ("meta_changed", {"order": 4711, "paid": True}, {"paid": 1}, cast.ben.id)


def test_own_data_has_a_limit_as_a_whole(case: Case) -> None:
    change_case(case, {"meta": {"first": "x" * 40_000}}, by=None)
    with pytest.raises(Invalid, match="64 KB large"):
        change_case(case, {"meta": {"second": "x" * 40_000}}, by=None)
    change_case(case, {"meta": {"first": None, "second": "x" * 40_000}}, by=None)
    assert list(case.meta) == ["second"]


@on_both
def test_a_case_moves_to_where_somebody_says_it_stands(case: Case) -> None:
    for status in (Status.WAITING, Status.CLOSED, Status.RESOLVED, Status.CLOSED, Status.OPEN, Status.NEW):
        change_case(case, {"status": status}, by=None)
        assert case.status is status
        assert (case.closed_at is not None) is (status is Status.CLOSED)
    assert [one[0] for one in happened("status_changed", "case_closed", "case_reopened")] == [
        *("status_changed", "case_closed", "case_reopened", "status_changed"),
        *("case_closed", "case_reopened", "status_changed"),
    ]


def test_a_closed_case_in_the_trash_is_not_opened_by_another_status(case: Case) -> None:
    change_case(case, {"status": Status.CLOSED}, by=None)
    case.trashed_at = case.closed_at
    with pytest.raises(Conflict, match="restored first"):
        change_case(case, {"status": Status.OPEN}, by=None)


@on_both
def test_whose_case_it_becomes_joins_it(case: Case, cast: Cast) -> None:
    cid = create_person("Cid", "cid@customer.test", by=None)
    change_case(case, {"requester": cid}, by=person(BEN))
    assert case.requester is cid
    assert participates(case, cid)
    assert participates(case, person(UNA))
    assert happened("requester_changed") == [("requester_changed", cast.una.id, cid.id, cast.ben.id)]


def test_a_case_does_not_become_that_of_who_can_no_longer_be_written_to(case: Case) -> None:
    disable_person(person(AMY), by=None)
    with pytest.raises(Invalid, match="disabled or blocked"):
        change_case(case, {"requester": person(AMY)}, by=None)
    assert case.requester is person(UNA)

"""Statuses of the operator's own, each with a base of the five."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.cases.changing import change_case
from app.cases.lifecycle import close_case
from app.cases.models import Case, Status
from app.cases.statuses import (
    create_status,
    custom_status_of,
    delete_status,
    rebase_status,
    rename_status,
    status_by_label,
    statuses,
)
from app.errors import Conflict, Invalid, NotFound
from app.extensions import db
from app.people.models import Person
from app.people.persons import known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both


@pytest.fixture
def case(app: Flask, api: Api) -> Iterator[Case]:
    """A case of una's, beside two statuses."""
    api.opened(UNA)
    with app.app_context(), transaction():
        create_status("With the maker", Status.WAITING, sort_order=2, by=None)
        create_status("Refunded", Status.CLOSED, sort_order=1, by=None)
        yield db.session.get_one(Case, 1)


def ben() -> Person:
    return known_person(BEN, field="from")


def shown(case: Case) -> str | None:
    status = custom_status_of(case)
    return status.label if status else None


@on_both
def test_a_custom_status_brings_its_base_with_it(case: Case, cast: Cast) -> None:
    for label in ("With the maker", "Refunded", "Refunded", None):
        change_case(case, {"custom_status": label}, by=ben())
    assert (case.status, shown(case)) == (Status.CLOSED, None)
    assert case.closed_at is not None
    assert happened("custom_status_changed", "status_changed", "case_closed") == [
        ("status_changed", "new", "waiting", cast.ben.id),
        ("custom_status_changed", None, "With the maker", cast.ben.id),
        ("case_closed", "waiting", "closed", cast.ben.id),
        ("custom_status_changed", "With the maker", "Refunded", cast.ben.id),
        ("custom_status_changed", "Refunded", None, cast.ben.id),
    ]


def test_a_core_status_takes_the_place_of_a_custom_one(case: Case) -> None:
    change_case(case, {"custom_status": "With the maker"}, by=None)
    change_case(case, {"status": Status.WAITING}, by=None)
    assert (case.status, shown(case)) == (Status.WAITING, None)
    change_case(case, {"custom_status": "With the maker"}, by=None)
    close_case(case, by=None)
    assert shown(case) is None


@on_both
def test_a_case_with_a_deleted_status_falls_back_to_its_base(case: Case) -> None:
    change_case(case, {"custom_status": "With the maker"}, by=None)
    delete_status(status_by_label("With the maker"), by=ben())
    assert (case.status, shown(case)) == (Status.WAITING, None)
    assert [one.label for one in statuses()] == ["Refunded"]
    with pytest.raises(NotFound):
        status_by_label("With the maker")
    with pytest.raises(Invalid):
        change_case(case, {"custom_status": "With the maker"}, by=None)


def test_a_deleted_status_that_is_made_again_is_back_on_its_cases(case: Case) -> None:
    change_case(case, {"custom_status": "With the maker"}, by=None)
    delete_status(status_by_label("With the maker"), by=None)
    with pytest.raises(Conflict, match="with the base waiting"):
        create_status("With the maker", Status.OPEN, by=None)
    create_status("With the maker", Status.WAITING, by=None)
    assert shown(case) == "With the maker"


def test_the_base_of_a_status_is_changed_while_no_case_has_it(case: Case) -> None:
    status = status_by_label("Refunded")
    rebase_status(status, Status.RESOLVED, by=None)
    change_case(case, {"custom_status": "Refunded"}, by=None)
    with pytest.raises(Conflict, match="cases with this status"):
        rebase_status(status, Status.CLOSED, by=None)
    rebase_status(status, Status.RESOLVED, by=None)
    assert case.status is Status.RESOLVED


def test_a_label_belongs_to_one_status(case: Case) -> None:
    for act in (
        lambda: create_status("Refunded", Status.CLOSED, by=None),
        lambda: rename_status(status_by_label("With the maker"), "Refunded", by=None),
    ):
        with pytest.raises(Conflict, match="has this label"):
            act()
    rename_status(status_by_label("Refunded"), "Paid back", by=ben())
    assert [one.label for one in statuses()] == ["Paid back", "With the maker"]

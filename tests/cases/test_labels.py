"""Labels: replacing those of a case, and making, renaming and deleting them."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.cases.known_labels import case_count, create_label, delete_label, label_by_name, labels_page, rename_label
from app.cases.labels import MOST_LABELS, attach_labels, label_names, replace_labels
from app.cases.models import Case
from app.errors import Conflict, Invalid, NotFound
from app.extensions import db
from app.people.models import Person
from app.people.persons import known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both
from tests.queries import queries


@pytest.fixture
def case(app: Flask, api: Api) -> Iterator[Case]:
    """A case of una's, with two labels."""
    api.opened(UNA)
    with app.app_context(), transaction():
        case = db.session.get_one(Case, 1)
        attach_labels(case, ["Billing", "late"], by=None)
        db.session.flush()
        yield case


def ben() -> Person:
    return known_person(BEN, field="from")


@on_both
def test_the_labels_of_a_case_are_replaced_by_others(case: Case, cast: Cast) -> None:
    for _ in range(2):
        replace_labels(case, ["new", "LATE"], by=ben())
    assert label_names(case) == ["late", "new"]
    assert happened("label_attached", "label_detached")[2:] == [
        ("label_detached", "Billing", None, cast.ben.id),
        ("label_attached", None, "new", cast.ben.id),
    ]


def test_a_label_that_a_rule_put_there_is_not_replaced(case: Case) -> None:
    case.labels[0].locked = True
    with pytest.raises(Conflict, match="A rule put the label Billing"):
        replace_labels(case, ["late"], by=None)
    replace_labels(case, ["billing"], by=None)
    assert label_names(case) == ["Billing"]
    with pytest.raises(Conflict, match="A rule put the label Billing"):
        delete_label(label_by_name("billing"), by=None)


def test_a_case_has_so_many_labels_and_no_more(case: Case) -> None:
    with pytest.raises(Invalid, match="at most"):
        attach_labels(case, [f"label {number}" for number in range(MOST_LABELS - 1)], by=None)


@on_both
def test_a_label_whose_lower_case_is_longer_can_be_kept(case: Case) -> None:
    attach_labels(case, ["İ" * 100], by=None)
    db.session.flush()
    assert case_count(label_by_name("İ" * 100)) == 1


@on_both
def test_labels_are_listed_with_the_number_of_their_cases_in_one_query(app: Flask, case: Case) -> None:
    create_label("vip", by=None)
    db.session.flush()
    with queries(app) as asked:
        found = labels_page(after=0, limit=10)
    assert [(label.name, cases) for label, cases in found] == [("Billing", 1), ("late", 1), ("vip", 0)]
    assert len(asked) == 1
    assert [label.name for label, _ in labels_page(after=found[0][0].id, limit=1)] == ["late"]


@on_both
def test_a_label_is_renamed_and_deleted_on_every_case(case: Case, cast: Cast) -> None:
    rename_label(label_by_name("BILLING"), "billing", by=ben())
    rename_label(label_by_name("billing"), "money", by=ben())
    delete_label(label_by_name("late"), by=ben())
    db.session.flush()
    db.session.expire_all()
    assert label_names(case) == ["money"]
    assert [one[:3] for one in happened("label_renamed", "label_deleted")] == [
        ("label_renamed", "Billing", "billing"),
        ("label_renamed", "billing", "money"),
        ("label_deleted", "late", None),
    ]


def test_a_name_belongs_to_one_label(case: Case) -> None:
    for act in (
        lambda: create_label("LATE", by=None),
        lambda: rename_label(label_by_name("billing"), "Late", by=None),
    ):
        with pytest.raises(Conflict, match="a label late already"):
            act()
    with pytest.raises(NotFound):
        label_by_name("unknown")

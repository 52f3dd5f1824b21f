"""Texts are found by any piece of them, on both databases alike, and by an index however many there are."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.changing import change_case
from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.discarding import trash_case
from app.cases.field_definitions import define_field
from app.cases.field_values import fill_case_fields
from app.cases.fragments import SAID, SUBJECTS
from app.cases.models import Case
from app.cases.opening import open_case
from app.cases.purging import locked_with_merged, purge_case
from app.extensions import db
from app.listing.fragments import Fragment, Fragments
from app.people.fragments import ADDRESSES, NAMES, ORGANIZATIONS
from app.people.identities import add_identity
from app.people.models import IdentityKind, Person
from app.people.organizations import create_organization
from app.transaction import transaction
from tests.cast import Cast
from tests.conftest import on_both
from tests.crowd import fill
from tests.plans import plans

SUBJECT = "Принтер HP_200 prints 100% black"


def found(fragments: Fragments, *wanted: Fragment) -> list[str]:
    return list(db.session.scalars(select(fragments.column).where(fragments.matching(*wanted)).order_by("id")))


@pytest.fixture
def case(context: Flask, cast: Cast) -> Case:
    with transaction():
        una = db.session.get_one(Person, cast.una.id)
        open_case(una, "Another thing, HP-200", "Help!", channel="api")
        return open_case(una, SUBJECT, "Help!", channel="api")


@on_both
@pytest.mark.parametrize(
    ("piece", "is_there"),
    [
        (Fragment("hp_2"), True),
        (Fragment("ПРИНТЕР hp"), True),
        (Fragment("100% b"), True),
        (Fragment("100%black"), False),
        (Fragment("принтер", first=True), True),
        (Fragment("rinter", first=True), False),
        (Fragment("black", last=True), True),
        (Fragment("print", last=True), False),
        (Fragment(SUBJECT.lower(), first=True, last=True), True),
        (Fragment("black", first=True, last=True), False),
        (Fragment('black" OR "thing'), False),
    ],
)
@pytest.mark.usefixtures("case")
def test_a_subject_is_found_by_a_piece_of_it(piece: Fragment, is_there: bool) -> None:
    assert found(SUBJECTS, piece) == ([SUBJECT] if is_there else [])


@on_both
def test_any_of_several_pieces_will_do(case: Case) -> None:
    assert len(found(SUBJECTS, Fragment("принтер"), Fragment("thing"))) == 2


@on_both
def test_what_is_changed_or_removed_is_found_no_longer(case: Case) -> None:
    with transaction():
        change_case(case, {"subject": "Telephone"}, by=None)
    assert found(SUBJECTS, Fragment("принтер")) == []
    assert found(SUBJECTS, Fragment("phone")) == ["Telephone"]
    with transaction():
        trash_case(case, by=None)
        purge_case(locked_with_merged(case), by=None)
    assert found(SUBJECTS, Fragment("phone")) == []


@on_both
def test_addresses_names_of_organizations_and_own_fields_are_found_so_too(case: Case, cast: Cast) -> None:
    with transaction():
        add_identity(db.session.get_one(Person, cast.una.id), IdentityKind.PHONE, "+49 (30) 123-45-67", by=None)
        create_organization("Ärzte am Markt", {}, by=None)
        define_field(FieldLevel.CASE, "order", FieldType.TEXT, {"title": "Order"}, by=None)
        fill_case_fields(case, {"order": "AB-4711/x"}, by=None)
    assert found(ADDRESSES, Fragment("30123")) == ["+49301234567"]
    assert found(ADDRESSES, Fragment(cast.una.email[:5], first=True)) == [cast.una.email]
    assert found(ORGANIZATIONS, Fragment("ÄRZTE")) == ["Ärzte am Markt"]
    assert found(NAMES, Fragment("NA cust")) == ["Una Customer"]
    assert found(SAID, Fragment("4711/")) == ["AB-4711/x"]


@on_both
@pytest.mark.parametrize("text", ["", "ab", "a.b-", "----", "%%%%"])
@pytest.mark.usefixtures("context")
def test_fewer_than_three_letters_or_digits_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must hold at least 3 letters or digits"):
        SUBJECTS.matching(Fragment(text))


@on_both
def test_among_many_pieces_are_found_by_their_index(context: Flask) -> None:
    fill(20_000)
    for fragments, text in ((SUBJECTS, "number 777"), (ADDRESSES, "r777@world"), (NAMES, "omer 777")):
        with plans(as_if_full=False) as explained:
            assert found(fragments, Fragment(text))
        assert "_fragments" in explained[0] or "VIRTUAL TABLE INDEX" in explained[0], explained

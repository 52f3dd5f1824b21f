"""The addresses of a person: several of them, one preferred, and never none."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.errors import Conflict, Invalid
from app.events import Event
from app.extensions import db
from app.people.identities import add_identity, prefer_identity, remove_identity
from app.people.models import IdentityKind, Person
from app.people.persons import find_person
from app.transaction import transaction
from tests.cast import BEN, UNA, Cast

FURTHER = "una@home.test"


def una(cast: Cast) -> Person:
    return db.session.get_one(Person, cast.una.id)


def test_a_further_address_is_a_persons_too_and_mail_goes_to_the_first(context: Flask, cast: Cast) -> None:
    with transaction():
        add_identity(una(cast), IdentityKind.EMAIL, FURTHER, by=None)
        add_identity(una(cast), IdentityKind.EMAIL, FURTHER.upper(), by=None)
    assert [one.value for one in una(cast).identities] == [UNA, FURTHER]
    assert find_person(FURTHER) is una(cast)
    assert una(cast).email == UNA


def test_mail_goes_to_the_address_that_is_preferred(context: Flask, cast: Cast) -> None:
    with transaction():
        further = add_identity(una(cast), IdentityKind.EMAIL, FURTHER, by=None)
        for _ in range(2):
            prefer_identity(further, by=None)
    assert una(cast).email == FURTHER
    assert [one.primary for one in una(cast).identities] == [False, True]
    assert len(db.session.scalars(select(Event).where(Event.name == "identity_preferred")).all()) == 1


def test_when_the_preferred_address_goes_the_next_one_takes_its_place(context: Flask, cast: Cast) -> None:
    with transaction():
        add_identity(una(cast), IdentityKind.EMAIL, FURTHER, by=None)
        remove_identity(una(cast).identities[0], by=None)
    assert una(cast).email == FURTHER
    assert find_person(UNA) is None


def test_the_last_address_stays_even_beside_a_telephone(context: Flask, cast: Cast) -> None:
    with transaction():
        add_identity(una(cast), IdentityKind.PHONE, "+49 30 1234567", by=None)
        with pytest.raises(Conflict, match="last address of Una Customer"):
            remove_identity(una(cast).identities[0], by=None)
        remove_identity(una(cast).identities[1], by=None)
    assert una(cast).email == UNA


def test_an_address_of_somebody_else_is_refused_with_his_name(context: Flask, cast: Cast) -> None:
    with transaction(), pytest.raises(Conflict, match="Ben Foo has this address") as refusal:
        add_identity(una(cast), IdentityKind.EMAIL, BEN.upper(), by=None)
    assert refusal.value.extra == {"person": str(cast.ben.uuid)}


def test_a_telephone_number_is_one_persons_in_every_spelling(context: Flask, cast: Cast) -> None:
    with transaction():
        add_identity(una(cast), IdentityKind.PHONE, "+49 (30) 123-4567", by=None)
        with pytest.raises(Conflict):
            add_identity(db.session.get_one(Person, cast.ben.id), IdentityKind.PHONE, "+49301234567", by=None)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "nobody"),
        ("email", "support@casey.test"),
        ("phone", "call me"),
        ("phone", "()"),
        ("custom", "a\nb"),
        ("custom", "İ" * 320),
    ],
)
def test_what_is_no_address_of_its_kind_is_refused(context: Flask, cast: Cast, kind: str, value: str) -> None:
    with transaction(), pytest.raises(Invalid):
        add_identity(una(cast), IdentityKind(kind), value, by=None)


def test_the_log_keeps_no_address(context: Flask, cast: Cast) -> None:
    with transaction():
        further = add_identity(una(cast), IdentityKind.EMAIL, FURTHER, by=None)
        prefer_identity(further, by=None)
        remove_identity(further, by=None)
    told = [(one.old, one.new, one.details) for one in db.session.scalars(select(Event))]
    assert FURTHER not in str(told)

"""What is known of a person besides name and address."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.errors import Conflict, Invalid
from app.events import Event
from app.extensions import db
from app.people.models import Person
from app.people.profile import describe_person
from app.transaction import transaction
from tests.cast import Cast


def una(cast: Cast) -> Person:
    return db.session.get_one(Person, cast.una.id)


def describe(cast: Cast, **changes: Any) -> None:
    with transaction():
        describe_person(una(cast), changes, by=None)


@pytest.mark.parametrize(
    ("given", "kept"), [("DE", "de"), ("pt-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419")]
)
def test_a_language_is_written_as_it_mostly_is(context: Flask, cast: Cast, given: str, kept: str) -> None:
    describe(cast, language=given)
    assert una(cast).language == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "german"},
        {"language": "d"},
        {"language": "de_DE"},
        {"language": "de\n"},
        {"language": "de-" + "a-" * 20 + "b"},
        {"time_zone": "Berlin"},
        {"time_zone": "../etc/passwd"},
        {"time_zone": "europe/berlin"},
        {"designation": "Head\r\nBcc: eve@stranger.test"},
        {"external_id": "4\n5"},
        {"meta": {"caseyRole": "owner"}},
        {"meta": {"a": "x" * 70_000}},
    ],
)
def test_what_has_not_the_form_is_refused_by_name(context: Flask, cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        describe(cast, **wrong)
    assert list(refusal.value.fields) == list(wrong)


def test_meta_is_merged_key_by_key_and_null_takes_a_key_away(context: Flask, cast: Cast) -> None:
    describe(cast, meta={"plan": "gold", "seats": 5})
    describe(cast, meta={"seats": None, "since": 2020})
    assert una(cast).meta == {"plan": "gold", "since": 2020}


def test_an_external_id_belongs_to_one_person(context: Flask, cast: Cast) -> None:
    describe(cast, external_id="c-1")
    with transaction(), pytest.raises(Conflict, match="Una Customer has this id already") as refusal:
        describe_person(db.session.get_one(Person, cast.ben.id), {"external_id": "c-1"}, by=None)
    assert refusal.value.extra == {"person": str(cast.una.uuid)}


def test_only_what_changes_is_written_down(context: Flask, cast: Cast) -> None:
    describe(cast, language="de", note="Speaks loudly.")
    describe(cast, language="fr", note="Speaks loudly.")
    describe(cast, language="fr")
    told = db.session.scalars(select(Event).where(Event.name == "person_described").order_by(Event.sequence)).all()
    assert [(one.old, one.new) for one in told] == [
        ({"language": None, "note": ""}, {"language": "de", "note": "Speaks loudly."}),
        ({"language": "de"}, {"language": "fr"}),
    ]

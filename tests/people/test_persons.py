"""Persons: one address belongs to one of them, whoever comes at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.errors import Conflict, Invalid
from app.events import Event
from app.extensions import db
from app.people.identities import change_email
from app.people.models import Identity, Person, Role
from app.people.persons import create_person, find_or_create_person, person_by_uuid
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, Cast
from tests.conftest import on_both

NEW = "new@customer.test"


def at_once(api: Api, path: str, body: Any, times: int) -> list[TestResponse]:
    """The answers to the same call, made several times at the same moment."""
    gate = Barrier(times)

    def go(_: int) -> TestResponse:
        client = Api(api.client.application.test_client(), api.key)
        gate.wait()
        return client.post(path, body)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(go, range(times)))


def persons_with(app: Flask, address: str) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).where(Identity.key == address)) or 0


@on_both
def test_one_new_creator_of_several_cases_at_once_becomes_one_person(app: Flask, api: Api) -> None:
    body = {"creator": {"email": NEW}, "subject": "I found a bug", "message": "Over there!", "tags": ["late"]}
    answers = at_once(api, "/cases", body, 4)
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json["creator"]["uuid"] for answer in answers}) == 1
    assert len({answer.json["reference"] for answer in answers}) == 4
    assert persons_with(app, NEW) == 1


@on_both
def test_of_several_who_make_one_person_at_once_one_does_and_the_others_are_told(app: Flask, api: Api) -> None:
    answers = at_once(api, "/persons", {"name": "New", "email": NEW}, 4)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    [made] = [answer.json["uuid"] for answer in answers if answer.status_code == 201]
    assert {answer.json["person"] for answer in answers if answer.status_code == 409} == {made}
    assert persons_with(app, NEW) == 1


@on_both
def test_one_setting_changed_by_several_at_once_is_changed_once(api: Api) -> None:
    answers = at_once(api, "/config", [{"mailSyncTimer": 120}], 4)
    assert [answer.status_code for answer in answers] == [200] * 4
    assert api.get("/config").json["mailSyncTimer"] == 120


def test_an_address_belongs_to_one_person_in_every_spelling(context: Flask, cast: Cast) -> None:
    with transaction(), pytest.raises(Conflict) as refusal:
        create_person("Ben Again", BEN.upper(), by=None)
    assert refusal.value.extra == {"person": str(cast.ben.uuid)}
    with transaction():
        assert find_or_create_person(BEN.upper(), "Somebody Else").name == cast.ben.name


def test_our_own_address_belongs_to_nobody(context: Flask, cast: Cast) -> None:
    with transaction():
        ben = person_by_uuid(cast.ben.uuid)
        with pytest.raises(Invalid, match="support address"):
            change_email(ben, "Support+ben@casey.test", by=None)
        with pytest.raises(Invalid, match="support address"):
            create_person("Casey", "support@casey.test", by=None)
        assert ben.email == BEN


def test_a_moved_person_keeps_both_addresses_to_himself(context: Flask, cast: Cast) -> None:
    with transaction():
        change_email(person_by_uuid(cast.ben.uuid), "ben@new.test", by=None)
    with transaction():
        for taken in (BEN, "ben@new.test"):
            with pytest.raises(Conflict):
                change_email(person_by_uuid(cast.amy.uuid), taken, by=None)
        assert person_by_uuid(cast.amy.uuid).email == AMY


def test_a_person_without_a_name_is_called_by_the_address(context: Flask) -> None:
    with transaction():
        assert create_person("  ", "some.user@other.tld", by=None).name == "some.user"
        assert create_person("  Some  User ", "other.user@other.tld", by=None).name == "Some  User"


def test_making_a_person_is_written_down_without_the_address(context: Flask, cast: Cast) -> None:
    with transaction():
        person = create_person("New", NEW, role=Role.AGENT, by=db.session.get(Person, cast.olga.id))
        number = person.id
    about = select(Event).where(Event.subject_table == "persons", Event.subject_id == number)
    events = db.session.scalars(about.order_by(Event.sequence)).all()
    assert [(one.name, one.actor_id, one.new) for one in events] == [
        ("person_created", cast.olga.id, {"role": "agent"}),
        ("role_given", cast.olga.id, "agent"),
    ]
    assert NEW not in str([(one.old, one.new, one.details) for one in events])

"""Links: secret, derived, bound to one purpose, one person and one case, and mortal."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.cases.links import Link, Purpose, link_by_secret, link_for, secret_of
from app.cases.models import Case
from app.clock import now
from app.errors import CaseyError, Gone, NotFound
from app.extensions import db
from app.people.models import Person, Role
from app.people.persons import find_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.sandbox import Outside, link_in


@pytest.fixture
def secret(app: Flask, api: Api, work: Worker, outside: Outside) -> str:
    """What opens una's case for her."""
    api.opened(UNA)
    work()
    return link_in(outside.inbox(UNA)[0], "/c/").rpartition("/")[2]


def opens(app: Flask, secret: str, purpose: Purpose = Purpose.CASE) -> type[CaseyError] | None:
    """What is wrong with a link, if anything."""
    with app.app_context():
        try:
            link_by_secret(secret, purpose)
        except CaseyError as error:
            return type(error)
        return None


def person(address: str) -> Person:
    found = find_person(address)
    assert found is not None
    return found


def test_a_link_opens_its_case_for_its_person(app: Flask, secret: str) -> None:
    with app.app_context():
        link = link_by_secret(secret, Purpose.CASE)
        assert (link.case_id, link.person.email) == (1, UNA)
    assert len(secret) >= 43


def test_a_link_serves_one_purpose_only(app: Flask, secret: str) -> None:
    assert opens(app, secret, Purpose.CONFIRM) is NotFound
    assert opens(app, secret.swapcase()) is NotFound


def test_a_secret_is_the_same_in_every_mail_and_stands_nowhere(
    app: Flask, api: Api, work: Worker, outside: Outside, secret: str
) -> None:
    outside.reply(outside.inbox(BEN)[0], "Which table?")
    work()
    assert link_in(outside.inbox(UNA)[-1], "/c/").rpartition("/")[2] == secret
    with app.app_context():
        rows = db.session.scalars(select(Link)).all()
        assert secret in {secret_of(row) for row in rows}
        assert secret not in {row.digest for row in rows}
        assert len({secret_of(row) for row in rows}) == len(rows) == 4


def test_a_link_expires(app: Flask, secret: str) -> None:
    with time_machine.travel(now() + timedelta(days=89)):
        assert opens(app, secret) is None
    with time_machine.travel(now() + timedelta(days=90, minutes=1)):
        assert opens(app, secret) is Gone


def test_before_its_end_a_link_is_renewed(app: Flask, secret: str) -> None:
    for days, same in ((59, True), (61, False)):
        with time_machine.travel(now() + timedelta(days=days)), app.app_context(), transaction():
            link = link_for(db.session.get_one(Case, 1), person(UNA), Purpose.CASE)
            assert (secret_of(link) == secret) is same


def test_the_link_of_who_left_the_case_is_dead(app: Flask, secret: str) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Case, 1).participants[0].removed_at = now()
    assert opens(app, secret) is Gone


@pytest.mark.parametrize("mark", ["disabled_at", "blocked_at", "deleted_at"])
def test_the_link_of_who_may_no_longer_act_is_dead(app: Flask, secret: str, mark: str) -> None:
    with app.app_context(), transaction():
        setattr(person(UNA), mark, now())
    assert opens(app, secret) is Gone


def test_a_revoked_link_is_dead(app: Flask, secret: str) -> None:
    with app.app_context(), transaction():
        link_by_secret(secret, Purpose.CASE).revoked_at = now()
    assert opens(app, secret) is Gone


def test_the_link_of_a_team_member_lives_until_he_leaves_the_team(app: Flask, outside: Outside, secret: str) -> None:
    his = link_in(outside.inbox(BEN)[0], "/c/").rpartition("/")[2]
    assert opens(app, his) is None
    with app.app_context(), transaction():
        person(BEN).role = Role.CUSTOMER
    assert opens(app, his) is Gone


def test_another_secret_key_opens_nothing_new(app: Flask, secret: str) -> None:
    with app.app_context():
        row = db.session.scalars(select(Link).order_by(Link.id)).first()
        assert row is not None
        assert str(row.uuid) not in secret_of(row)
    assert opens(app, "") is NotFound

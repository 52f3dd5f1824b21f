"""Periodic work on cases: one that fails holds up no other."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.cases.invitations import decline_invitation
from app.cases.models import Case
from app.cases.queries import case_by_uuid
from app.clock import now
from app.extensions import db
from app.jobs import cases as jobs
from app.people.models import Person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.mail.rows import cases

BROKEN = """
CREATE TRIGGER broken BEFORE INSERT ON events WHEN NEW.case_id IN (1, 2) AND NEW.name = '{name}'
BEGIN SELECT RAISE(ABORT, 'broken'); END
"""


def break_events(app: Flask, name: str) -> None:
    """Let this event fail in the first two cases."""
    with app.app_context(), transaction():
        db.session.execute(sa.text(BROKEN.format(name=name)))


@pytest.mark.settings(CASEY_CASE_CLOSE_IDLE="30d")
def test_a_case_that_cannot_be_closed_keeps_no_other_open(
    app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cases.lifecycle.BATCH", 2)
    for _ in range(5):
        api.opened(UNA)
    break_events(app, "case_closed")
    with time_machine.travel(now() + timedelta(days=31)), app.app_context():
        jobs.close_idle()
    assert [case.status for case in cases(app)] == ["new", "new", "closed", "closed", "closed"]


@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")
def test_a_case_that_cannot_be_reminded_of_keeps_nobody_from_the_others(
    app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cases.invitations.BATCH", 2)
    for _ in range(5):
        api.opened(UNA)
    break_events(app, "team_member_reminded")
    with time_machine.travel(now() + timedelta(days=2)), app.app_context():
        jobs.remind_team()
        query = sa.text("SELECT DISTINCT case_id FROM invitations WHERE reminded_at IS NOT NULL ORDER BY case_id")
        assert list(db.session.scalars(query)) == [3, 4, 5]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Case)) == 5


def test_a_case_that_was_opened_again_is_reminded_of_again(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    api.post(f"/case/{case['uuid']}/close")
    api.post(f"/case/{case['uuid']}/reopen")
    with app.app_context():
        jobs.remind_team()
        assert db.session.scalar(sa.text("SELECT count(*) FROM invitations WHERE reminded_at IS NOT NULL")) == 0
    with time_machine.travel(now() + timedelta(days=2)), app.app_context():
        jobs.remind_team()
        assert (
            db.session.scalar(sa.text("SELECT count(*) FROM invitations WHERE reminded_at IS NOT NULL")) == 3
        )  # all of the team


def test_who_has_declined_a_case_is_not_reminded_when_it_is_opened_again(app: Flask, api: Api, cast: Cast) -> None:
    case = api.opened(UNA)
    with app.app_context(), transaction():
        decline_invitation(case_by_uuid(UUID(case["uuid"])), db.session.get_one(Person, cast.ben.id))
    api.post(f"/case/{case['uuid']}/close")
    api.post(f"/case/{case['uuid']}/reopen")
    with time_machine.travel(now() + timedelta(days=2)), app.app_context():
        jobs.remind_team()
        reminded = db.session.scalars(sa.text("SELECT person_id FROM invitations WHERE reminded_at IS NOT NULL"))
        assert cast.ben.id not in set(reminded)

"""Connections to a server: one that lay idle is tried before it is used, a busy one is not."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app import database
from app.extensions import db
from app.transaction import reading

PID = sa.select(sa.func.pg_backend_pid())
pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def process_that_serves_us() -> int:
    with reading():
        return db.session.scalars(PID).one()


def end(process: int) -> None:
    """End it as a server does that is started anew."""
    with sa.create_engine(db.engine.url, poolclass=sa.NullPool).connect() as another:
        another.execute(sa.select(sa.func.pg_terminate_backend(process, 5_000)))


def test_a_connection_that_broke_while_it_lay_idle_costs_nobody_his_work(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "RESTED", 0.0)
    with app.app_context():
        process = process_that_serves_us()
        end(process)
        assert process_that_serves_us() != process


def test_a_busy_connection_is_not_tried_again_each_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "RESTED", 60.0)
    with app.app_context():
        process = process_that_serves_us()
        monkeypatch.setattr(db.engine.dialect, "do_ping", lambda _: pytest.fail("it was tried"))
        assert process_that_serves_us() == process

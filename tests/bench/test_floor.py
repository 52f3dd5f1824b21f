"""The floor does what a call did: the same statements, as durable, and with the same answer."""

from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from bench.calling import Caller
from bench.floor import Floor, floor_under
from tests.cast import Cast
from tests.conftest import on_both

TABLES = ("persons", "cases", "posts", "events", "outbound_emails")


def _rows_of(app: Flask, table: str) -> list[Any]:
    with app.app_context():
        return [tuple(row) for row in db.session.execute(sa.text(f"SELECT * FROM {table} ORDER BY uuid"))]


def _rows_under(floor: Floor, table: str) -> list[Any]:
    floor.under.rollback()  # what has not been committed is lost here
    return list(floor.under.execute(f"SELECT * FROM {table} ORDER BY uuid").fetchall())


@on_both
def test_what_a_call_wrote_is_written_again_to_the_twin_with_the_same_answer(app: Flask, cast: Cast) -> None:
    answers = []
    with floor_under(app) as (floor, bare):
        casey = Caller(app, 3, cast.keys["olga"], lambda answer: answers.append(answer.data) or floor.answered(answer))
        casey.create()
        for table in TABLES:
            assert _rows_under(floor, table) != _rows_of(app, table), table
        again = []
        Caller(bare, 3, "", lambda answer: again.append(answer.data)).create()
        assert again == answers
        for table in TABLES:
            assert _rows_under(floor, table) == _rows_of(app, table), table


@on_both
def test_what_a_call_read_is_read_again(app: Flask, cast: Cast) -> None:
    with floor_under(app) as (floor, bare):
        casey = Caller(app, 1, cast.keys["olga"], floor.answered)
        casey.create()
        casey.get(f"/cases/{casey.last}")
        [(written, _), (read, answer)] = floor.calls
        assert sum("INSERT INTO cases" in statement for statement, _ in written) == 1
        assert "commit" in [statement for statement, _ in written]
        assert not any("INSERT" in statement for statement, _ in read)
        client = bare.test_client()
        client.post("/cases", json={})
        assert client.get("/cases").data == answer.data

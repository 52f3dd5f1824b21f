"""The floor under a call: what it said to the database, said again by the bare driver behind a bare Flask route.

Each call is recorded while it is measured, and done again on a twin of the database: with the same statements and
values, as durable a commit, and the same answer.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.extensions import db
from bench.twin import Bare, twin

Steps = list[tuple[str, Any]]


class Floor:
    """The calls that were recorded and not yet done again, and the connection ``under`` them."""

    def __init__(self, under: Bare) -> None:
        self.under: Any = under
        self.steps: Steps = []
        self.calls: deque[tuple[Steps, TestResponse]] = deque()

    def executed(self, _connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        self.steps.append((statement, parameters))

    def committed(self, _connection: object) -> None:
        self.steps.append(("commit", None))

    def rolled_back(self, _connection: object) -> None:
        self.steps.append(("rollback", None))

    def answered(self, answer: TestResponse) -> None:
        """A call is over: all that was said since the last one was said for it."""
        self.calls.append((self.steps, answer))
        self.steps = []

    def again(self) -> Response:
        """Do the earliest call again."""
        steps, answer = self.calls.popleft()
        cursor = self.under.cursor()
        for statement, values in steps:
            if values is None:
                getattr(self.under, statement)()
            elif isinstance(values, list):
                cursor.executemany(statement, values)
            else:
                cursor.execute(statement, values)
                if cursor.description:
                    cursor.fetchall()
        return Response(answer.data, answer.status_code, content_type="application/json")


@contextmanager
def floor_under(app: Flask) -> Iterator[tuple[Floor, Flask]]:
    """The calls to an application from now on, and a bare one that does the earliest of them again at each call."""
    with app.app_context():
        engine = db.engine
    with twin(engine) as connection:
        floor = Floor(connection)
        heard = (
            (engine, "before_cursor_execute", floor.executed),
            (engine, "commit", floor.committed),
            (engine, "rollback", floor.rolled_back),
        )
        for one in heard:
            event.listen(*one)
        yield floor, bare(floor)
        for one in heard:
            event.remove(*one)


def bare(floor: Floor) -> Flask:
    """The least that Flask can be."""
    app = Flask("bare")

    @app.get("/<path:_>")
    def read(_: str) -> Response:
        return floor.again()

    @app.post("/<path:_>")
    def write(_: str) -> Response:
        request.get_json()
        return floor.again()

    return app

"""Whoever reads the log of events misses none, however late it is committed."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cases.labels import attach_labels
from app.cases.models import Case
from app.events import Event, record
from app.extensions import db
from app.feed.reading import named, read_on
from app.people.models import Person
from app.transaction import reading, transaction
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import on_both

EVERYTHING = 200


def read(app: Flask, after: int = 0) -> tuple[list[str], int]:
    with app.app_context(), reading():
        found, cursor = read_on(after, limit=EVERYTHING)
        return [f"{one.sequence} {one.name}" for one in found], cursor


def whole(app: Flask) -> list[str]:
    with app.app_context():
        return [f"{one.sequence} {one.name}" for one in db.session.scalars(sa.select(Event).order_by(Event.sequence))]


class Slow:
    """A transaction in another thread, which does one thing after the other when it is told to."""

    def __init__(self, app: Flask, *acts: Callable[[], object]) -> None:
        self.app, self.acts = app, acts
        self.go, self.done = threading.Semaphore(0), threading.Semaphore(0)
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        with self.app.app_context(), transaction():
            for act in self.acts:
                self.go.acquire(timeout=20)
                act()
                db.session.flush()
                self.done.release()
            self.go.acquire(timeout=20)

    def step(self) -> None:
        self.go.release()
        assert self.done.acquire(timeout=10)

    def commit(self) -> None:
        self.go.release()
        self.thread.join(10)


def renamed(person: int, name: str) -> Callable[[], object]:
    return lambda: record(db.session.get_one(Person, person), name, by=None)


def touched(case: int) -> Callable[[], object]:
    """Something that makes a transaction write, and is no event."""
    return lambda: db.session.execute(sa.update(Case).where(Case.id == case).values(category="touched"))


def in_pieces(app: Flask) -> list[str]:
    """What a reader gets who comes back again and again."""
    seen, cursor = read(app)
    while (more := read(app, cursor))[0]:
        seen, cursor = seen + more[0], more[1]
    return seen


on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@on_postgresql
def test_a_reader_stops_before_a_transaction_that_still_runs(app: Flask, cast: Cast) -> None:
    before, cursor = read(app)
    slow, quick = Slow(app, renamed(1, "slow")), Slow(app, renamed(2, "quick"))
    slow.step()
    quick.step()
    quick.commit()
    assert read(app, cursor)[0] == []
    slow.commit()
    names = [one.split()[1] for one in read(app, cursor)[0]]
    assert names == ["slow", "quick"]
    assert before + read(app, cursor)[0] == whole(app)


@on_postgresql
def test_a_transaction_that_began_earlier_and_is_numbered_later_lets_nobody_pass_another(
    app: Flask, api: Api, cast: Cast
) -> None:
    api.opened(UNA)
    cursor = read(app)[1]
    old, young = Slow(app, touched(1), renamed(1, "of_the_older")), Slow(app, renamed(2, "of_the_younger"))
    old.step()
    young.step()
    old.step()
    old.commit()
    assert read(app, cursor)[0] == []
    young.commit()
    assert [one.split()[1] for one in read(app, cursor)[0]] == ["of_the_younger", "of_the_older"]


@on_both
def test_readers_and_many_writers_at_once_agree_on_what_happened(app: Flask, api: Api) -> None:
    for _ in range(4):
        api.opened(UNA)
    seen, cursor, writing = [], 0, threading.Event()

    def write(case: int) -> None:
        for number in range(15):
            with app.app_context(), transaction():
                attach_labels(db.session.get_one(Case, case), [f"label {case} {number}"], by=None)

    writers = [threading.Thread(target=write, args=[case], daemon=True) for case in range(1, 5)]
    for writer in writers:
        writer.start()
    while not writing.is_set():
        if not any(one.is_alive() for one in writers):
            writing.set()
        more, cursor = read(app, cursor)
        seen += more
    assert seen == whole(app)


def test_a_page_ends_where_it_is_full_and_passes_what_was_not_asked_for(app: Flask, cast: Cast) -> None:
    assert in_pieces(app) == whole(app)
    with app.app_context(), reading():
        found, cursor = read_on(0, limit=2)
        assert [one.sequence for one in found] == [1, 2]
        assert cursor == 2
        found, cursor = read_on(0, limit=2, which=named(["no_such_*"]))
        assert (found, cursor) == ([], len(whole(app)))

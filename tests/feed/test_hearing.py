"""Whoever waits in a process is woken by what happens in another one, through the store; and by nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.feed import hearing
from app.feed.hearing import Deaf, Ear
from app.queue import MOST_NAMED, announce, bell, cases_in
from app.transaction import rehearsal, transaction
from tests.api_client import Api
from tests.cast import UNA
from tests.servers.valkey import Valkey

LONG, SHORT = 10.0, 0.3


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    with Valkey(tmp_path) as server:
        yield server


@pytest.fixture
def environ(environ: dict[str, str], valkey: Valkey) -> dict[str, str]:
    return {**environ, "REDIS_URL": valkey.url}


@pytest.fixture
def ear(context: Flask) -> Ear:
    """The ear of another process than the one that writes."""
    found = bell()
    assert found is not None
    return Ear(found)


def happen(*cases: int | None) -> None:
    with transaction():
        for case in cases:
            announce(case)


def test_news_of_a_case_wakes_whoever_waits_for_it_or_for_everything(ear: Ear) -> None:
    mine, others, all_of_it = ear.join(1), ear.join(2), ear.join(None)
    happen(1, 1, 3)
    assert mine.wait(LONG)
    assert all_of_it.wait(LONG)
    assert not others.wait(SHORT)
    assert not mine.wait(SHORT)  # a commit is news once
    happen(None)
    assert all(one.wait(LONG) for one in (mine, others, all_of_it))


def test_very_many_cases_at_once_wake_everybody(ear: Ear) -> None:
    waiter = ear.join(MOST_NAMED + 7)
    happen(*range(1, MOST_NAMED + 2))
    assert waiter.wait(LONG)
    assert cases_in(b"3 4") == {3, 4}
    assert cases_in(b"") is None


def test_what_happens_over_the_api_is_news_of_its_case(ear: Ear, api: Api) -> None:
    first = ear.join(1)
    api.opened(UNA)
    assert first.wait(LONG)


def test_what_is_not_committed_is_no_news(ear: Ear) -> None:
    waiter = ear.join(1)
    with rehearsal():
        announce(1)
    assert not waiter.wait(SHORT)


def test_the_ear_listens_as_long_as_anybody_waits_and_again_later(
    ear: Ear, valkey: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "PERIOD", 0.01)
    first, second = ear.join(1), ear.join(1)
    ear.leave(first)
    happen(1)
    assert second.wait(LONG)
    assert not first.wait(SHORT)
    ear.leave(second)
    third = ear.join(1)
    happen(1)
    assert third.wait(LONG)


def test_when_the_store_goes_away_whoever_waits_is_told_and_nobody_can_join_until_it_is_back(
    ear: Ear, valkey: Valkey
) -> None:
    waiter = ear.join(1)
    assert not waiter.deaf
    valkey.stop()
    assert waiter.wait(LONG)
    assert waiter.deaf
    with pytest.raises(Deaf):
        ear.join(1)
    valkey.start()
    again = ear.join(1)
    happen(1)
    assert again.wait(LONG)

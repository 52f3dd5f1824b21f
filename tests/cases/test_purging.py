"""Purging what was merged or split: each case takes what is its own, and nothing of another one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal
from threading import Timer
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.emptying import purge_if_doomed
from app.cases.models import Case, Post
from app.cases.queries import locked
from app.cases.ratings import Rating
from app.cases.unmerging import unmerge_case
from app.events import Event
from app.extensions import db
from app.jobs.cases import sweep_trash
from app.timeline import TimelineEntry
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both


def opened(api: Api, subject: str) -> str:
    """A case with a rating of it, and an answer with one of its own."""
    case = f"/cases/{api.opened(UNA, subject, subject)['uuid']}"
    answered(api, case, f"Answer to {subject}")
    api.post(f"{case}/ratings", {"from": UNA, "score": "low"})
    return case


def answered(api: Api, case: str, text: str) -> str:
    """The uuid of a new message of the team, which una has rated."""
    uuid = api.post(f"{case}/messages", {"from": BEN, "message": text}).json["uuid"]
    assert api.post(f"{case}/messages/{uuid}/ratings", {"from": UNA, "score": "high"}).status_code == 201
    return str(uuid)


def split_off(api: Api, case: str, *messages: str) -> str:
    new = api.post(f"{case}/split", {"messages": list(messages), "subject": "Another matter"})
    assert new.status_code == 201, new.text
    return f"/cases/{new.json['uuid']}"


def merged(api: Api, case: str, into: str) -> None:
    assert api.post(f"{case}/merge", {"into": into.rpartition("/")[2]}).status_code == 200


def purged(api: Api, case: str) -> None:
    assert api.post(f"{case}/trash").status_code == 200
    answer = api.post(f"{case}/purge")
    assert answer.status_code == 200, answer.text
    assert api.get(case).status_code == 404


def scores(api: Api, case: str) -> list[tuple[bool, str]]:
    """What was thought of a case, and whether it was of a message."""
    return [(one["message"] is not None, one["score"]) for one in api.get(case).json["ratings"]]


def texts(api: Api, case: str) -> list[str]:
    return [one["message"] for one in api.get(case).json["messages"]]


def left(app: Flask) -> list[int]:
    """How many rows are left of what belongs to cases."""
    with app.app_context():
        kinds: tuple[Any, ...] = (Case, Post, TimelineEntry, Rating)
        events = select(Event).where(Event.case_id.is_not(None))
        return [len(db.session.scalars(query).all()) for query in (*map(select, kinds), events)]


@on_both
def test_cases_that_were_merged_into_a_purged_one_go_with_it(app: Flask, api: Api, work: Worker) -> None:
    first, second, third, kept = (opened(api, subject) for subject in ("First", "Second", "Third", "Kept"))
    work()
    merged(api, first, second)
    merged(api, second, third)
    work()
    was = texts(api, kept)
    purged(api, third)
    assert [api.get(case).status_code for case in (first, second, kept)] == [404, 404, 200]
    assert (texts(api, kept), scores(api, kept)) == (was, [(True, "high"), (False, "low")])
    assert left(app)[:2] == [1, 2]
    assert left(app)[3] == 2
    with app.app_context():
        assert len(happened("case_purged")) == 3


@on_both
def test_emptying_the_trash_counts_the_cases_that_go_along(app: Flask, api: Api) -> None:
    first, second, third, kept = (opened(api, subject) for subject in ("First", "Second", "Third", "Kept"))
    merged(api, first, second)
    merged(api, second, third)
    api.post(f"{third}/trash")
    assert api.post("/trash/empty").json["cases"] == 3
    with app.app_context():
        sweep_trash()
    assert [api.get(case).status_code for case in (first, second, third, kept)] == [404, 404, 404, 200]
    assert api.post("/trash/empty").json["cases"] == 0


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_purging_and_undoing_a_merge_at_once_wait_for_each_other_in_one_order(app: Flask, api: Api) -> None:
    case, into = opened(api, "Case"), opened(api, "Into")
    merged(api, case, into)
    api.post(f"{into}/trash")
    api.post("/trash/empty")
    begun, purging = Signal(), Signal()

    def unmerge() -> None:
        with app.app_context(), transaction():
            found = locked(db.session.get_one(Case, 1))
            begun.set()
            purging.wait(5)
            locked(db.session.get_one(Case, 2))
            unmerge_case(found, by=None)

    def purge() -> None:
        begun.wait(5)
        Timer(0.3, purging.set).start()
        with app.app_context(), transaction():
            purge_if_doomed(1, 2)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(unmerge), pool.submit(purge)]:
            done.result()
    assert [api.get(one).status_code for one in (case, into)] == [200, 404]
    assert texts(api, case) == ["Case", "Answer to Case"]


@on_both
def test_a_case_whose_merge_was_undone_stays_with_what_is_its_own(app: Flask, api: Api) -> None:
    case, into = opened(api, "Case"), opened(api, "Into")
    merged(api, case, into)
    api.post(f"{case}/unmerge")
    purged(api, into)
    assert texts(api, case) == ["Case", "Answer to Case"]
    assert scores(api, case) == [(True, "high"), (False, "low")]
    purged(api, case)
    assert left(app) == [0] * 5


@on_both
@pytest.mark.parametrize("old_first", [True, False])
def test_of_a_case_and_what_was_split_off_each_is_purged_without_the_other(
    app: Flask, api: Api, work: Worker, old_first: bool
) -> None:
    old = opened(api, "Old")
    new = split_off(api, old, answered(api, old, "By the way"))
    work()
    assert (scores(api, old), scores(api, new)) == ([(True, "high"), (False, "low")], [(True, "high")])
    if old_first:
        purged(api, old)
        assert (texts(api, new), scores(api, new)) == (["By the way"], [(True, "high")])
        purged(api, new)
    else:
        purged(api, new)
        assert (texts(api, old), len(scores(api, old))) == (["Old", "Answer to Old"], 2)
        purged(api, old)
    assert left(app) == [0] * 5


@on_both
def test_a_rating_that_stayed_behind_when_its_message_moved_is_kept_with_the_message(app: Flask, api: Api) -> None:
    old = opened(api, "Old")
    new = split_off(api, old, answered(api, old, "By the way"))
    with app.app_context(), transaction():
        moved = db.session.scalars(select(Rating).where(Rating.case_id == 2)).one()
        moved.case_id = 1
    purged(api, old)
    assert scores(api, new) == [(True, "high")]

"""Selections of cases: counted exactly, and read from an index however many there are and however far the page is."""

from collections.abc import Sequence

import pytest
from flask import Flask

from app.cases import selection
from app.cases.criteria import about, assigned_to, in_play, labelled, not_merged, reached_at, standing, through
from app.cases.models import Case, Status
from app.cases.selection import ORDERS, Selection, count_each
from app.extensions import db
from app.listing.filters import Condition
from app.listing.fragments import Fragment
from app.people.models import IdentityKind
from tests.conftest import on_both
from tests.crowd import SEVERAL, fill
from tests.plans import plans
from tests.queries import queries

MANY = 12_000
ALONE = ("COVERING INDEX", "Index Only Scan")


def listed(*more: Condition) -> Selection:
    return Selection([in_play(), not_merged(), *more])


def ids(cases: Sequence[Case]) -> list[int]:
    return [one.id for one in cases]


@on_both
def test_many_cases_are_counted_and_paged_from_indexes_alone(context: Flask) -> None:
    fill(MANY)
    spam = len(range(7, MANY + 1, 500))
    for sort, column in ORDERS.items():
        for sign in ("", "-"):
            with plans() as explained:
                found = listed().page(sign + sort, skip=MANY - 200, limit=100)
            assert (found.total, len(found.cases)) == (MANY - spam, 100)
            count, page = explained[-2:]
            assert f"ix_cases_{column.key}_id" in page, (sort, explained)
            assert any(alone in count for alone in ALONE), (sort, count)
            # SQLite looks at the row wherever a column is made of others.
            assert any(alone in page for alone in ALONE) or "rank" in page, (sort, page)
    assert ids(listed().page("created_at", skip=0, limit=7).cases) == [1, 2, 3, 4, 5, 6, 8]
    assert ids(listed().page("-updated_at", skip=100, limit=2).cases) == [MANY - 100, MANY - 101]


@on_both
def test_whatever_narrows_a_selection_has_an_index(context: Flask) -> None:
    fill(MANY)
    for narrowed, total in {
        "few": (listed(standing([Status.NEW])), 0),
        "some": (listed(standing([Status.OPEN])), MANY // SEVERAL),
        "nobody's": (listed(assigned_to([None]), standing([Status.WAITING])), MANY // SEVERAL),
        "another way": (listed(through(["telegram"])), 0),
        "labelled": (listed(labelled([1])), None),
        "about": (listed(about(Fragment("number 4711", last=True))), 1),
        "of": (listed(reached_at(IdentityKind.EMAIL, Fragment("r4711@world"))), 1),
    }.values():
        with plans() as explained:
            found = narrowed.page("-updated_at", skip=0, limit=100)
        assert total is None or found.total == total
        assert not any("Seq Scan on cases" in one or "SCAN cases'" in one for one in explained), explained


@on_both
def test_the_page_is_the_same_whichever_way_it_is_found(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(1_000)
    some = listed(standing([Status.CLOSED, Status.WAITING]))
    few = some.page("-priority", skip=50, limit=20)
    monkeypatch.setattr(selection, "MANY", 10)
    many = some.page("-priority", skip=50, limit=20)
    assert (few.total, ids(few.cases)) == (many.total, ids(many.cases))
    assert many.total == some.count() > 900


def test_behind_the_last_page_nothing_is_asked_for(context: Flask) -> None:
    fill(20)
    with plans() as explained:
        found = listed().page("created_at", skip=100, limit=10)
    assert (found.cases, found.total, len(explained)) == ([], 19, 1)
    db.session.rollback()


@on_both
def test_selections_are_counted_together_and_each_exactly(context: Flask) -> None:
    fill(MANY)
    some = [listed(), listed(standing([Status.OPEN])), listed(standing([Status.NEW]))] * 40
    with queries(context) as asked:
        found = count_each(some)
    assert found == [one.count() for one in some]
    assert found[:3] == [MANY - len(range(7, MANY + 1, 500)), listed(standing([Status.OPEN])).count(), 0]
    assert len([one for one in asked if one != "BEGIN"]) <= 2 * 3
    assert count_each([]) == []

"""Handing over what is not done yet, as the database finds it."""

from flask import Flask

from app.cases.models import Case
from app.cases.replacing import _next
from app.extensions import db
from tests.conftest import on_both
from tests.plans import plans


@on_both
def test_the_next_cases_are_found_by_an_index(app: Flask) -> None:
    after = ["2026-01-01T00:00:00+00:00", 1]
    with app.app_context(), plans() as found:
        for column in (Case.assignee_id, Case.team_id):
            db.session.execute(_next(column, 1, after)).all()
    explained = "".join(found)
    for plan in ("SCAN cases", "Seq Scan on cases", "TEMP B-TREE", "Sort"):
        assert plan not in explained

"""Lists and searches read what they show from an index, in its order, when there is much: the planner decides."""

import sqlalchemy as sa
from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.cases.invitations import invite_next
from app.cases.lists import CASES
from app.cases.models import Case, State, Status
from app.cases.search import Place, search
from app.cases.statuses import create_status
from app.extensions import db
from app.overrides import change_settings
from app.people.lists import PERSONS
from app.people.models import Role
from app.transaction import transaction
from tests.conftest import on_both
from tests.crowd import fill
from tests.plans import plans

MANY = 20_000

READ = {
    "": "ix_cases_created_at_id",
    "sort=updated_at": "ix_cases_updated_at_id",
    "sort=-last_post_at": "ix_cases_last_post_at_id",
    "sort=-closed_at": "ix_cases_closed_at_id",
    "status=open": "ix_cases_status_created_at_id",
    "status=waiting&sort=created_at": "ix_cases_status_created_at_id",
    "status=open&sort=last_post_at": "ix_cases_status_last_post_at_id",
    "assignee=customer1@world.test": "ix_cases_assignee_id_created_at_id",
    "requester=customer77@world.test": "ix_cases_requester_id_created_at_id",
    "category=c7": "ix_cases_category_created_at_id",
    "created_at=2023-11-20..2023-11-21": "ix_cases_created_at_id",
    "sort=-priority": "ix_cases_priority_rank_id",
    "status=new&sort=-priority": "ix_cases_status_priority_rank_id",
    "sort=priority": "ix_cases_priority_rank_id",
    "custom_status=Ordered": "ix_cases_custom_status_id_created_at_id",
    "state=spam": "ix_cases_spam_created_at_id",
    "reference=r-77": "uq_cases_reference",
}
# What every case says, and what a few say together.
SAID = """
    INSERT INTO list_values (name, owner_id, text, number)
    SELECT 'meta.shop', id, CASE WHEN id % 2 = 0 THEN 's3' ELSE 's4' END, NULL FROM cases
    UNION ALL SELECT :field, id, CAST(id % 100 AS VARCHAR(20)), id % 100 FROM cases
"""
SORTS = ("TEMP B-TREE FOR ORDER BY", "Sort Key")


def asked(query: str) -> dict[str, str]:
    return dict(one.split("=", 1) for one in query.split("&")) if query else {}


@on_both
def test_each_list_of_cases_is_read_in_the_order_of_an_index(context: Flask) -> None:
    with transaction():
        create_status("Ordered", Status.WAITING, by=None)
    fill(MANY)
    for query, index in READ.items():
        found = CASES.page(asked(query), me=None, limit=50)
        with plans(as_if_full=False) as explained:
            CASES.page(asked(query), me=None, limit=50, cursor=found.next)
        plan = next(one for one in explained if "cases" in one)
        assert index in plan or _the_same(index) in plan, (query, plan)
        assert found.next is None or not any(word in plan for word in SORTS), (query, plan)


def _the_same(index: str) -> str:
    """What SQLite calls the index of a column that is unique."""
    return {"uq_cases_reference": "sqlite_autoindex_cases_"}.get(index, index)


@on_both
def test_persons_are_read_in_the_order_of_an_index(context: Flask) -> None:
    fill(MANY)
    for sort in ("created_at", "updated_at", "name"):
        with plans(as_if_full=False) as explained:
            PERSONS.page({"sort": sort}, me=None, limit=50)
        assert f"ix_persons_{sort}_id" in explained[0]


NAMED = ("meta.order=4711", "meta.order=4711..4720", "meta.shop=s3", "field.weight=77", "field.weight=98..")


@on_both
def test_what_the_operator_named_is_read_from_an_index_too(context: Flask) -> None:
    fill(MANY)
    with transaction():
        weight = define_field(FieldLevel.CASE, "weight", FieldType.NUMBER, {"title": "Weight"}, by=None)
        db.session.flush()
        change_settings({"caseMetaFilters": ["order", "shop"]}, by=None, role=Role.OWNER)
        db.session.execute(sa.text(SAID), {"field": f"field.{weight.id}"})
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))
    for query in NAMED:
        with plans(as_if_full=False) as explained:
            CASES.page(asked(query), me=None, limit=50)
        lists = [plan for plan in explained if "list_values" in plan]
        assert lists, query
        for plan in lists:
            assert any(f"{one}_list_values" in plan for one in ("ix", "pk", "autoindex")), (query, plan)


@on_both
def test_words_are_found_by_their_index_and_by_nothing_else(context: Flask) -> None:
    fill(MANY)
    for text in ("w77", "nowhere"):
        with plans(as_if_full=False) as explained:
            search(text, tuple(Place), (State.ACTIVE,), limit=50, cursor=None)
        for word in ("case", "post", "person"):
            by_words = [plan for plan in explained if f"ix_{word}s_words" in plan or "VIRTUAL TABLE INDEX" in plan]
            assert by_words, (text, word, explained)
        assert not any("Seq Scan" in plan for plan in explained), explained


@on_both
def test_whoever_may_be_invited_is_found_among_many_customers_by_an_index(context: Flask) -> None:
    fill(MANY)
    with transaction(), plans(as_if_full=False) as explained:
        invite_next(db.session.get_one(Case, 1))
    assert any("ix_persons_role" in plan for plan in explained), explained
    assert not any("Seq Scan on persons" in plan for plan in explained), explained

"""What is asked for again and again is found by an index, however much lies in the tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from app.cases import snoozing
from app.extensions import db
from app.mail.intake import journal
from tests.conftest import on_both

FIRST = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


@contextmanager
def plans() -> Iterator[list[str]]:
    """How the database would find what is asked for inside the block, if there were much of it."""
    found: list[str] = []

    def explained(connection: Any, cursor: Any, statement: str, parameters: Any, *_: object) -> tuple[str, Any]:
        if statement.startswith("SELECT"):
            if connection.dialect.name == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(FIRST[connection.dialect.name] + statement, parameters)
            found.append(str(cursor.fetchall()))
        return statement, parameters

    sa.event.listen(db.engine, "before_cursor_execute", explained, retval=True)
    try:
        yield found
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", explained)


@on_both
@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda: journal.taken_in(1, ["<a@b>", "<c@d>"]), "ix_inbound_emails_mailbox_id_message_id"),
        (lambda: snoozing.rested_cases(skip=0), "ix_cases_snoozed_until_id"),
    ],
    ids=["a mail by its Message-ID", "cases that have rested"],
)
@pytest.mark.usefixtures("context")
def test_it_is_found_by_its_index(ask: Callable[[], object], index: str) -> None:
    with plans() as found:
        ask()
    [plan] = found
    assert index in plan


@on_both
def test_the_migrations_make_the_indexes_that_the_models_describe(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), db.metadata)
    assert [one for one in differences if "index" in one[0] and not _of_words(one[1])] == []


def _of_words(index: sa.Index) -> bool:
    """Whether this is an index of words, which the migration makes and no model knows."""
    return str(index.name).endswith("_words")

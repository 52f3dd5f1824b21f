"""What is asked for again and again is found by an index, however much lies in the tables."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from app.cases import emptying, snoozing, unused_files
from app.extensions import db
from app.mail.intake import journal
from tests.conftest import on_both
from tests.plans import plans


@on_both
@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda: journal.taken_in(1, ["<a@b>", "<c@d>"]), "ix_inbound_emails_mailbox_id_message_id"),
        (lambda: snoozing.rested_cases(skip=0), "ix_cases_snoozed_until_id"),
        (lambda: emptying.doomed_cases(1, skip=0), "ix_cases_trashed_at_id"),
        (lambda: unused_files.doubted_files(skip=0), "ix_files_unused_at_id"),
    ],
    ids=["a mail by its Message-ID", "cases that have rested", "cases in the trash", "contents without use"],
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
    assert [one for one in differences if "index" in one[0] and not _of_texts(one[1])] == []


def _of_texts(index: sa.Index) -> bool:
    """Whether this is an index of words or of fragments, which the migration makes and no model knows."""
    return str(index.name).endswith(("_words", "_fragments"))

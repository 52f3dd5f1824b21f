"""What databases say of how they find things."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from app.extensions import db

FIRST = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


@contextmanager
def plans(*, as_if_full: bool = True) -> Iterator[list[str]]:
    """How the database finds what is asked for inside the block, or would find it if there were much of it."""
    found: list[str] = []

    def explained(connection: Any, cursor: Any, statement: str, parameters: Any, *_: object) -> tuple[str, Any]:
        if statement.startswith("SELECT") and "set_config(" not in statement:  # a transaction says its limits
            if as_if_full and connection.dialect.name == "postgresql":
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

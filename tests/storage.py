"""Everything an application has stored, to be compared."""

from typing import Any

from flask import Flask

from app.extensions import db

BOOKKEEPING = {("api_keys", "last_used_at"), ("team_sessions", "last_used_at")}


def contents(app: Flask) -> dict[str, list[Any]]:
    """The rows of every table, without the marks of when a key or a session was last used."""
    with app.app_context():
        tables = {}
        for table in db.metadata.sorted_tables:
            columns = [one for one in table.columns if (table.name, one.name) not in BOOKKEEPING]
            tables[table.name] = sorted((tuple(row) for row in db.session.execute(db.select(*columns))), key=repr)
        db.session.rollback()
        return tables

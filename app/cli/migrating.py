"""Bringing the database up to date, without loading the tools for it when it is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.extensions import db

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"
OUR_LOCK = 0xCA5E


def newest_revision() -> str:
    """The number of the last migration there is."""
    numbers = [re.match(r"\d{4}", path.name) for path in (MIGRATIONS / "versions").glob("*.py")]
    return max(match[0] for match in numbers if match)


def present_revision() -> str | None:
    """The last migration this database has had; None when it is empty."""
    try:
        found: str | None = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except DBAPIError:
        return None
    finally:
        db.session.rollback()
    return found


def migrate_database(app: Flask) -> None:
    """Run the migrations this database has not had."""
    with app.app_context():
        if present_revision() != newest_revision():
            db.session.remove()
            upgrade(app)


def upgrade(app: Flask) -> None:
    """Run every migration there is. Alembic takes half a second to load, which a usual start does not need."""
    import flask_migrate

    with_tools(app)
    flask_migrate.upgrade()


def with_tools(app: Flask) -> None:
    """Give the application what Alembic needs; SQLite alters tables by copying them, hence batches."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)


@contextmanager
def alone(app: Flask) -> Iterator[None]:
    """Keep every other Casey over this database from preparing it at the same time. SQLite locks by itself."""
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            yield
            return
        with db.engine.connect().execution_options(lasting=True) as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(OUR_LOCK)))
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(OUR_LOCK)))

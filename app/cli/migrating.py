"""Bringing the database up to date, without loading the tools for it when it is."""

import re

import flask_migrate
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import MIGRATIONS
from app.extensions import db


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
            flask_migrate.upgrade()

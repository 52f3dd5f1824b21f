"""A Casey of its own for a measurement, in this process, with a key."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from app import create_app
from app.cli.migrating import upgrade
from app.extensions import db
from app.people.credentials import create_key
from app.people.models import Role
from app.transaction import transaction


@contextmanager
def casey(database_url: str | None = None, **settings: str) -> Iterator[tuple[Flask, str]]:
    """The application over an empty database (SQLite where none is named), and an owner's key."""
    with TemporaryDirectory() as directory:
        environ = {"CASEY_DATA_DIR": directory, **settings}
        if database_url:
            environ["DATABASE_URL"] = database_url
        app = create_app(environ)
        with app.app_context():
            upgrade(app)
            with transaction():
                _, key = create_key("bench", Role.OWNER, person=None, by=None)
        yield app, key
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def scratch(app: Flask) -> Path:
    """A place for files beside the data."""
    found: Path = app.extensions["casey.configuration"].deployment.data_dir
    return found

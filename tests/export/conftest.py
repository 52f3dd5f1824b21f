"""Another house beside that of the test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.extensions import db
from tests.conftest import environment


@pytest.fixture
def elsewhere(tmp_path: Path, sqlite_template: Path) -> Iterator[Flask]:
    """Another house, in which nobody has been yet."""
    home = tmp_path / "elsewhere"
    home.mkdir()
    shutil.copy(sqlite_template, home / "casey.db")
    app = create_app(environment(home, f"sqlite:///{home / 'casey.db'}"))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

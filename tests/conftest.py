"""What every test can ask for: a database, an application on it, the cast, and the world outside.

Tests of single parts run on SQLite in one process; what must hold on PostgreSQL too is marked ``on_both``.
"""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.cli.migrating import upgrade
from app.extensions import db
from app.mail.sending.delivering.smtp import hang_up
from tests.api_client import Api
from tests.cast import Cast, assemble
from tests.leaks import check_for_leaks, check_mails
from tests.once import compile_routes_once, share_statements, spare_the_disk, take_dialects_as_equal
from tests.sandbox import Outside
from tests.servers.postgres import Postgres
from tests.work import work_until_quiet

compile_routes_once()
take_dialects_as_equal()

LONGEST = ("faults", "e2e", "cli", "browser", "intake")
BASE_URL = "http://127.0.0.1:8025"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole houses and campaigns take longest and come first, so that no worker is left with one at the end."""
    items.sort(key=lambda item: not (item.get_closest_marker("campaign") or item.path.parent.name in LONGEST))


def pytest_collection_finish() -> None:
    """What is there before the first test stays, and need not be gone through whenever Python looks for garbage."""
    gc.collect()
    gc.freeze()


def environment(directory: Path, database_url: str, **more: str) -> dict[str, str]:
    """The environment of an application that lives in a directory of its own."""
    return {
        "CASEY_DATA_DIR": str(directory),
        "DATABASE_URL": database_url,
        "CASEY_BASE_URL": BASE_URL,
        "CASEY_SECRET_KEY": "a secret key for tests, long enough",
        **more,
    }


def migrated(directory: Path, database_url: str) -> None:
    """Bring an empty database up to date."""
    app = create_app(environment(directory, database_url))
    with app.app_context():
        upgrade(app)
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database, to be copied."""
    directory = tmp_path_factory.mktemp("template")
    path = directory / "casey.db"
    migrated(directory, f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL server with a migrated database `casey_template`, to be cloned."""
    with Postgres() as server:
        server.drop_database("casey_template")
        migrated(tmp_path_factory.mktemp("template"), server.create_database("casey_template"))
        yield server


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database of this test's own; ``on_both`` runs a test on each kind."""
    if request.param == "sqlite":
        path = tmp_path / "casey.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = f"casey_{tmp_path.name.lower().replace('-', '_')}_{id(tmp_path)}"[:60]
    yield server.create_database(name, template="casey_template")
    server.drop_database(name)


on_both = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def environ(tmp_path: Path, database: str) -> dict[str, str]:
    """The environment of the test's application; a test may put settings into it before asking for ``app``."""
    return environment(tmp_path, database)


@pytest.fixture
def app(environ: dict[str, str], request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An application in this process, in the sandbox. ``@settings(caseConfirmation=True)`` sets some settings."""
    for mark in request.node.iter_markers("settings"):
        environ.update(mark.kwargs)
    app = create_app(environ)
    share_statements(app)
    spare_the_disk(app)
    world = request.getfixturevalue("world") if "world" in request.fixturenames else None
    yield app
    with app.app_context():
        check_for_leaks()
        if world is not None:  # mail that left through a real server
            check_mails((recipient, sent.raw) for sent in world.ledger() for recipient in sent.rcpt_tos)
        hang_up()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The application as a job sees it, for tests that call verbs."""
    with app.app_context():
        yield app


@pytest.fixture
def cast(app: Flask) -> Cast:
    """una (customer), ben and amy (team), olga (owner), eve (stranger)."""
    return assemble(app)


@pytest.fixture
def api(app: Flask, cast: Cast) -> Api:
    """The native API, with olga's key."""
    return Api(app.test_client(), cast.keys["olga"])


@pytest.fixture
def outside(app: Flask) -> Outside:
    """The mailboxes of everybody outside."""
    return Outside(app)


@pytest.fixture
def work(app: Flask) -> "Worker":
    """Does everything that waits to be done, as the workers would."""
    return Worker(app)


class Worker:
    """Call it, and all pending work is done."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(self) -> None:
        work_until_quiet(self.app)

"""A real browser, and the application behind a web server: one Chromium for each worker."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from app.extensions import db
from tests.browser.furnishing import furnished
from tests.browser.house import Lived
from tests.browser.looking import complained
from tests.browser.wrong import let_go_wrong, let_tell_who_shows
from tests.cast import assemble
from tests.conftest import environment
from tests.once import share_statements, spare_the_disk
from tests.servers.needs import need
from tests.servers.ports import free_port

# The shell is the same browser without the windows that nobody sees, and takes a fifth of the time for a new page.
COMMANDS = ("chromium-headless-shell", "chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, COMMANDS)), None)
        need(found is not None or Path(playwright.chromium.executable_path).exists(), "Chromium")
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    """An application that can be reached over HTTP."""
    return {**environ, "CASEY_BASE_URL": f"http://127.0.0.1:{free_port()}"}


@pytest.fixture
def site(app: Flask, environ: dict[str, str]) -> Iterator[str]:
    """The application behind a web server."""
    with served(app, environ["CASEY_BASE_URL"]) as address:
        yield address


@contextmanager
def served(app: Flask, address: str) -> Iterator[str]:
    """An application at an address of this machine."""
    server = make_server("127.0.0.1", int(address.rpartition(":")[2]), app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Lived]:
    """A house in which something has happened already, shared by all who come to look at its pages."""
    with built(tmp_path_factory.mktemp("lived"), sqlite_template) as (app, address):
        yield furnished(app, address)


@pytest.fixture(scope="module")
def lively(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Lived]:
    """Another such house, shared by the tests of a module that do something in it."""
    with built(tmp_path_factory.mktemp("lively"), sqlite_template) as (app, address):
        yield furnished(app, address)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Lived]:
    """A house into which its people have only just moved."""
    with built(tmp_path_factory.mktemp("empty"), sqlite_template) as (app, address):
        assemble(app)
        yield Lived(app, address)


@contextmanager
def built(directory: Path, template: Path) -> Iterator[tuple[Flask, str]]:
    """An application of its own behind a web server, which tells what shows its pages."""
    shutil.copy(template, directory / "casey.db")
    address, url = f"http://127.0.0.1:{free_port()}", f"sqlite:///{directory / 'casey.db'}"
    app = create_app(environment(directory, url, CASEY_BASE_URL=address, CASEY_CONTACT_FORM="true"))
    share_statements(app)
    spare_the_disk(app)
    let_go_wrong(app)
    let_tell_who_shows(app)
    with served(app, address):
        yield app, address
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A small phone without JavaScript, which notes every complaint of the browser."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complained(message.text) and complaints.append(message.text))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """A browser on a desk, with JavaScript."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the side."""
    box = page.locator("body").bounding_box()
    widest = page.locator("main").bounding_box()
    return bool(box and widest and widest["x"] + widest["width"] <= 320 and box["width"] <= 320)

"""The persons of the stories: each with a browser of his own, once with scripts and once without."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.house import sandbox_link
from tests.browser.screens import PATIENCE
from tests.browser.stories.reader import Reader
from tests.cast import BEN, OLGA, UNA, Cast
from tests.conftest import Worker


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def arrive(
    request: pytest.FixtureRequest, chromium: Browser, site: str, app: Flask, cast: Cast, work: Worker
) -> Iterator[Callable[[str], Reader]]:
    """Give somebody a browser."""
    with ExitStack() as browsers:

        def one(address: str) -> Reader:
            size = {"width": 768, "height": 800}
            made = chromium.new_context(viewport=size, java_script_enabled=request.param)  # type: ignore[arg-type]
            browsers.enter_context(made).set_default_timeout(PATIENCE)
            return Reader(made.new_page(), address, site, sandbox_link(app, site), work)

        yield one


@pytest.fixture
def una(arrive: Callable[[str], Reader]) -> Reader:
    """una, a customer."""
    return arrive(UNA)


@pytest.fixture
def ben(arrive: Callable[[str], Reader]) -> Reader:
    """ben, of the team."""
    return arrive(BEN)


@pytest.fixture
def olga(arrive: Callable[[str], Reader]) -> Reader:
    """olga, who runs the place."""
    return arrive(OLGA)

"""A case of una's, and ben on its page."""

from typing import Any

import pytest
from flask import Flask

from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in


@pytest.fixture
def case(api: Api) -> Any:
    """A case of una's."""
    return api.opened(UNA, subject="The lamp <b>", message="It is <i>dark</i>.")


@pytest.fixture
def ben(app: Flask, case: Any) -> Browser:
    """ben's browser, on the page of the case."""
    browser = signed_in(app, BEN)
    browser.open(f"/team/cases/{case['uuid']}")
    return browser

"""Kayako's API for one of the team."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.api.kayako.client import Kayako
from tests.cast import Cast


@pytest.fixture
def user(app: Flask, cast: Cast) -> Callable[[str], Kayako]:
    """The API for whoever of the team is named."""

    def of(name: str) -> Kayako:
        return Kayako(app.test_client(), getattr(cast, name).email, cast.keys[name])

    return of


@pytest.fixture
def kayako(user: Callable[[str], Kayako]) -> Kayako:
    """The API for ben, who is an agent."""
    return user("ben")

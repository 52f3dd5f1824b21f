"""Deskie's API for one of the team."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.api.deskie.client import Deskie
from tests.cast import Cast
from tests.files.conftest import web  # noqa: F401 - a fixture of the world outside

Staff = Callable[[str], Deskie]


@pytest.fixture
def staff(app: Flask, cast: Cast) -> Staff:
    """The API for whoever of the team is named."""

    def of(name: str) -> Deskie:
        return Deskie(app.test_client(), getattr(cast, name).email, cast.keys[name])

    return of


@pytest.fixture
def deskie(staff: Staff) -> Deskie:
    """The API for ben, who is an agent."""
    return staff("ben")

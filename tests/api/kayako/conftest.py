"""Kayako's API for one of the team."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.forms import create_form
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker


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


@pytest.fixture
def case(api: Api, work: Worker) -> Any:
    """A case of una's, of which everybody has been told."""
    made = api.opened(UNA)
    work()
    return made


@pytest.fixture
def posts(case: Any) -> str:
    """The address of its posts."""
    return "/cases/1/posts"


@pytest.fixture
def form(app: Flask) -> int:
    """The number of a form, which is the first."""
    with app.app_context(), transaction():
        return create_form({"title": "Coffee"}, by=None).id

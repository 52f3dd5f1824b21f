"""Every call, answer and mail that the documentation shows is what a reader gets who follows it."""

import pytest
from flask import Flask

from app.people.credentials import create_key
from app.people.models import Role
from app.transaction import transaction
from tests.api_client import Api
from tests.conftest import Worker
from tests.docs.examples import Answer, Mail, steps
from tests.docs.pages import ROOT
from tests.docs.reader import Reader
from tests.sandbox import Outside


@pytest.fixture
def reader(app: Flask, work: Worker, outside: Outside) -> Reader:
    """Somebody who has just started Casey for the first time: with an owner key, and nobody there yet."""
    with app.app_context(), transaction():
        _, key = create_key("first owner", Role.OWNER, person=None, by=None)
    return Reader(Api(app.test_client(), key), work, outside)


@pytest.mark.parametrize(("page", "shown"), [("README.md", 12), ("docs/api/casey.md", 20)])
def test_a_reader_who_follows_the_page_gets_what_it_shows(reader: Reader, page: str, shown: int) -> None:
    found = list(steps(ROOT / page))
    assert len([step for step in found if isinstance(step, Answer | Mail)]) >= shown
    for step in found:
        reader.follow(step)


def test_a_page_that_shows_something_else_is_noticed(reader: Reader) -> None:
    reader.same({"uuid": "01a200d0-3990-76d0-b012-0deec5efb5a4", "...": "..."}, {"uuid": _uuid(1), "name": "Ben"}, "it")
    for shown, found in [
        ({"name": "Ben"}, {"name": "Amy"}),
        ({"name": "Ben"}, {"name": "Ben", "team": True}),
        ({"name": "Ben", "...": "..."}, {"team": True}),
        ([1], [1, 2]),
        ({"team": True}, {"team": "true"}),
        ("01a200d0-3990-76d0-b012-0deec5efb5a4", _uuid(2)),
        ("Case 597-945677: it", "Case 12-345: it"),
    ]:
        with pytest.raises(AssertionError):
            reader.same(shown, found, "it")


def _uuid(number: int) -> str:
    return f"01a200d0-0000-7000-8000-{number:012}"

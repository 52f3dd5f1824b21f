"""Accounts of every vendor are read with the same care."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.wrappers import Request, Response

from app.errors import Unauthorized
from app.takeover import answers
from app.takeover.answers import NotRead
from app.takeover.deskie.people import take_user
from app.takeover.deskie.source import DeskieSource
from app.takeover.kayako.source import KayakoSource
from app.takeover.models import local_id, takeover_from
from app.takeover.source import Source
from app.transaction import transaction
from tests.takeover.elsewhere import speaking, told

LIST = "/cases"


@pytest.fixture(params=[DeskieSource, KayakoSource])
def source_at(request: pytest.FixtureRequest) -> Callable[..., Source]:
    def made(url: str, wait: Callable[[float], None] = lambda _: None) -> Source:
        source: Source = request.param(url, "olga@team.test", "ck_1", wait=wait)
        return source

    return made


Made = Callable[..., Source]


@pytest.mark.parametrize(("name", "said", "seconds"), [("Retry-After", "7", 7.0), ("retry_after", "8", 8.0)])
def test_where_the_limit_is_reached_it_waits_as_long_as_the_account_says(
    source_at: Made, name: str, said: str, seconds: float
) -> None:
    waited: list[float] = []
    busy = [True, False]

    def answer(_: Request) -> Response:
        return told({}, 429, **{name: said}) if busy.pop(0) else told({"data": []})

    with speaking(answer) as url:
        assert source_at(url, waited.append).get(LIST) == {"data": []}
    assert waited == [seconds]


def test_the_key_is_sent_to_the_account_and_nowhere_else(source_at: Made) -> None:
    asked: list[Any] = []

    def elsewhere(request: Request) -> Response:
        asked.append(request.authorization)
        return told({"data": []})

    with speaking(elsewhere) as inside, speaking(lambda _: told({}, 302, Location=f"{inside}/metadata")) as url:
        with pytest.raises(NotRead, match="leads to"):
            source_at(url).get(LIST)
        assert source_at(url).file(f"{url}/files/1") is None
        assert source_at(url).file(f"{inside}/metadata") is None
    assert asked == []


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_opens_nothing_is_told_at_once(source_at: Made, status: int) -> None:
    with speaking(lambda _: told({}, status)) as url, pytest.raises(Unauthorized, match="e-mail address and API key"):
        source_at(url).get(LIST)


def test_what_the_account_refuses_is_told_in_its_own_words(source_at: Made) -> None:
    with speaking(lambda _: told({"errors": ["No."]}, 404)) as url, pytest.raises(NotRead, match=r"HTTP 404: .*No\."):
        source_at(url).get(LIST)


def test_an_endless_answer_is_given_up(source_at: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LARGEST_JSON", 1024 * 1024)
    pieces = (b" " * 65_536 for _ in range(1_000_000))
    with speaking(lambda _: Response(pieces)) as url, pytest.raises(NotRead, match="more than 1 MB"):
        source_at(url).get(LIST)


def test_two_whom_nothing_reaches_are_not_one_because_two_accounts_count_alike(app: Flask) -> None:
    here = []
    with app.app_context():
        for url in ("https://one.deskie.io", "https://two.deskie.io"):
            with transaction():
                takeover = takeover_from(url).id
                take_user(takeover, {"user_id": 7, "user_full_name": "Una"})
                here.append(local_id(takeover, "person", 7))
    assert len({*here}) == 2

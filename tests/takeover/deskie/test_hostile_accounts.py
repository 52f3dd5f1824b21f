"""Accounts that answer otherwise than Deskie does: endlessly, with nonsense, or with what is somebody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from werkzeug.wrappers import Request, Response

from app.cli import casey
from app.errors import Invalid
from app.takeover import answers
from app.takeover.answers import NotRead
from app.takeover.deskie.source import DeskieSource
from app.takeover.deskie.taking import take_over
from tests.takeover.elsewhere import speaking, told


def source_at(url: str, wait: Callable[[float], None] = lambda _: None) -> DeskieSource:
    return DeskieSource(url, "olga@team.test", "ck_1", wait=wait)


@pytest.mark.parametrize(
    ("said", "seconds"), [("7", 7.0), ("", 60.0), ("soon", 60.0), ("nan", 60.0), ("1e99", 600.0), ("-5", 0.0)]
)
def test_where_the_limit_of_the_account_is_reached_it_waits_and_asks_again(said: str, seconds: float) -> None:
    waited: list[float] = []
    busy = [True, True, False]

    def answer(_: Request) -> Response:
        return told({}, 429, retry_after=said) if busy.pop(0) else told({"total_count": 3})

    with speaking(answer) as url:
        assert source_at(url, waited.append).get("/cases.json") == {"total_count": 3}
    assert waited == [seconds, seconds]


def test_the_key_follows_no_redirect_and_nothing_is_read_behind_it() -> None:
    asked: list[str] = []

    def secret(request: Request) -> Response:
        asked.append(request.path)
        return told({"total_count": 0})

    with speaking(secret) as inside, speaking(lambda _: told({}, 302, Location=f"{inside}/metadata")) as url:
        with pytest.raises(NotRead, match="leads to"):
            source_at(url).get("/cases.json")
        assert source_at(url).file(f"{url}/files/1") is None
        assert source_at(url).file(f"{inside}/metadata") is None
    assert asked == []


def test_a_file_that_leads_around_in_a_circle_is_given_up() -> None:
    with speaking(lambda request: told({}, 302, Location=request.path)) as url:
        assert source_at(url).file(f"{url}/files/1") is None


def test_a_file_that_has_moved_within_the_account_is_found(app: Flask) -> None:
    def answer(request: Request) -> Response:
        return Response(b"%PDF") if request.path == "/new" else told({}, 301, Location="/new")

    with speaking(answer) as url, app.app_context():
        found = source_at(url).file(f"{url}/files/1")
    assert found is not None
    assert found.size == 4


@pytest.mark.parametrize(
    "content", [b"<html>Sign in</html>", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"total_count": "many"}', b"{}"]
)
def test_what_is_no_account_is_told_in_a_sentence(content: bytes) -> None:
    with speaking(lambda _: Response(content)) as url, pytest.raises(NotRead, match="Is it the address of an account"):
        next(source_at(url).windows("/cases.json", None))


def test_an_endless_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LARGEST_JSON", 1024 * 1024)
    pieces = (b" " * 65_536 for _ in range(1_000_000))
    with speaking(lambda _: Response(pieces)) as url, pytest.raises(NotRead, match="more than 1 MB"):
        source_at(url).get("/cases.json")


def test_an_account_that_counts_no_further_than_its_last_page_is_read_to_the_end(app: Flask) -> None:
    def there(start: int, end: int) -> int:
        return (end - start) // 400

    def answer(request: Request) -> Response:
        start, end = int(request.args["from_time"]), int(request.args["to_time"])
        return told({"total_count": min(there(start, end), 50_000)})

    with speaking(answer) as url, app.app_context():
        spans = [one for one, _ in zip(source_at(url).windows("/cases.json", None), range(4), strict=False)]
    assert [there(*(int(at.timestamp()) for at in one)) for one in spans] == [39_420] * 4


@pytest.mark.parametrize("rows", [[1], [{"case": None}], [{"user": {}}], [{"case": [1]}]])
def test_a_list_of_something_else_is_told_in_a_sentence(rows: list[Any]) -> None:
    page = {**{str(number): row for number, row in enumerate(rows)}, "total_count": 1}
    with speaking(lambda _: told(page)) as url, pytest.raises(NotRead, match='the key "case"'):
        list(source_at(url).rows("/cases.json", "case"))


def test_rows_that_cannot_be_read_are_left_out_and_the_others_come(app: Flask) -> None:
    users: list[Any] = [{"user_id": "one"}, {}, {"user_id": 10**30}, {"user_id": 4, "user_email": "una@customer.test"}]

    def answer(request: Request) -> Response:
        rows = users if request.path == "/api/users.json" else []
        total = len(rows) if request.args.get("from_time", "0") < "1290000000" else 0
        return told({**{str(number): {"user": row} for number, row in enumerate(rows)}, "total_count": total})

    said: list[str] = []
    with speaking(answer) as url, app.app_context():
        counts = take_over(source_at(url), said.append)
    assert counts["users refused"] == 3
    assert sum("not written as Deskie writes it" in line for line in said) == 3, said


def test_one_case_that_the_account_will_not_show_holds_up_no_other(app: Flask) -> None:
    def answer(request: Request) -> Response:
        if request.path == "/api/cases.json" and request.args["from_time"] < "1290000000":
            return told({"0": {"case": {"case_id": 7}}, "total_count": 1})
        return told({"error": "case_not_found"}, 404) if "/cases/" in request.path else told({"total_count": 0})

    said: list[str] = []
    with speaking(answer) as url, app.app_context():
        counts = take_over(source_at(url), said.append)
    assert counts["cases refused"] == 1
    assert any("7 was refused" in line and "HTTP 404" in line for line in said)


@pytest.mark.parametrize(
    "url", ["shop.deskie.io", "ftp://shop.deskie.io", "https://", "file:///etc/passwd", "http://["]
)
def test_what_is_no_address_is_told_at_once(environ: dict[str, str], url: str) -> None:
    with pytest.raises(Invalid, match="must be a whole one"):
        source_at(url)
    words = ["import", "deskie", url, "--email", "olga@team.test", "--key", "ck_1"]
    run = CliRunner(env=environ).invoke(casey, words)
    assert (run.exit_code, run.output.startswith("Error: The address")) == (1, True), run.output

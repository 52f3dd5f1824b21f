"""Files of messages by Deskie's dialect: how they come, and who gets them for how long."""

import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from app.clock import now
from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both
from tests.files.posts import PNG, a_picture, posted
from tests.sandbox import Outside

CONTENT = b"Some notes."
A_MONTH = timedelta(days=30, seconds=5)


@pytest.fixture
def case(deskie: Deskie) -> str:
    return f"/cases/{deskie.opened(UNA)['case_id']}"


def a_form(word: str = "message", *numbers: str, **said: Any) -> Any:
    """A form with a file under each of these numbers."""
    files = {f"{word}[attachments][{one}]": (io.BytesIO(CONTENT), f"notes{one}.txt") for one in numbers or ("0",)}
    return {f"{word}[content]": "See the file.", **{f"{word}[{name}]": value for name, value in said.items()}} | files


def sent(deskie: Deskie, case: str, **said: Any) -> Any:
    answer = deskie.post(f"{case}/messages.json", data=a_form(**said))
    assert answer.status_code == 201, answer.text
    return answer.json["message"]


def asked(app: Flask, url: str, key: tuple[str, str] | None = None) -> TestResponse:
    """What whoever has this address gets."""
    return app.test_client().get(urlsplit(url).path, auth=key, buffered=True)


@on_both
@pytest.mark.parametrize(("path", "word"), [("messages", "message"), ("note", "note"), ("notes", "message")])
def test_files_come_in_a_form_under_any_numbers(deskie: Deskie, case: str, path: str, word: str) -> None:
    answer = deskie.post(f"{case}/{path}.json", data=a_form(word, "1", "2", "7"))
    found = answer.json["message"]["attachments"]
    assert [one["file_name"] for one in found] == ["notes1.txt", "notes2.txt", "notes7.txt"]
    assert [(one["file_size"], one["mime_type"]) for one in found] == [(11, "text/plain")] * 3
    assert len({one["file_id"] for one in found}) == len({one["url"] for one in found}) == 3


def test_several_cases_get_the_same_file(deskie: Deskie) -> None:
    cases = [deskie.opened(UNA)["case_id"] for _ in range(2)]
    answer = deskie.post(f"/cases/{cases[0]},{cases[1]}/messages.json", data=a_form())
    assert answer.json == {"case_success_id": cases}
    shown = [deskie.get(f"/cases/{one}/messages.json").json["1"]["message"] for one in cases]
    assert [len(one["attachments"]) for one in shown] == [1, 1]


def test_the_file_is_mailed_with_the_message(deskie: Deskie, case: str, work: Worker, outside: Outside) -> None:
    sent(deskie, case)
    work()
    files = [part for mail in outside.inbox(UNA) for part in mail.iter_attachments()]
    assert [part.get_content().strip() for part in files] == [CONTENT.decode()]


@on_both
def test_an_address_opens_a_file_for_a_month_and_then_with_a_key(
    app: Flask, deskie: Deskie, cast: Cast, case: str
) -> None:
    [file] = sent(deskie, case)["attachments"]
    answer = asked(app, file["url"])
    assert (answer.status_code, answer.data) == (200, CONTENT)
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")
    with time_machine.travel(now() + A_MONTH):
        refused = asked(app, file["url"])
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Basic realm="Casey"')
        assert asked(app, file["url"], (deskie.email, "ck_1_wrong")).status_code == 401
        assert asked(app, file["url"], (cast.amy.email, deskie.key)).status_code == 403
        assert asked(app, file["url"], (deskie.email, deskie.key)).data == CONTENT
        assert deskie.get(f"{case}/messages.json").json["1"]["message"]["attachments"] == [file]


def test_a_file_of_an_old_message_asks_for_a_key_at_once(app: Flask, deskie: Deskie, case: str) -> None:
    [file] = sent(deskie, case, created_at="2021-12-01")["attachments"]
    assert asked(app, file["url"]).status_code == 401
    assert asked(app, file["url"], (deskie.email, deskie.key)).data == CONTENT


def test_nobody_guesses_an_address(app: Flask, deskie: Deskie, case: str) -> None:
    [file] = sent(deskie, case)["attachments"]
    for url in (file["url"][:-1], file["url"] + "x", file["url"].swapcase(), "/api/files/1", "/api/files/%00"):
        assert asked(app, url).status_code in {400, 404}, url


@pytest.mark.parametrize("gone", ["deleted", "purged", "erased"])
def test_an_address_dies_with_its_file(
    app: Flask, deskie: Deskie, api: Api, cast: Cast, case: str, work: Worker, gone: str
) -> None:
    message = sent(deskie, case, user_id=cast.una.id)
    [file] = message["attachments"]
    if gone == "deleted":
        deskie.delete(f"{case}/messages/{message['message_id']}.json")
    elif gone == "purged":
        assert deskie.as_(cast.olga.email, cast.keys["olga"]).delete(f"{case}.json").status_code == 200
    else:
        assert api.post(f"/persons/{cast.una.uuid}/erase", {"posts": True}).status_code == 202
        work()
    for key in (None, (deskie.email, deskie.key)):
        assert asked(app, file["url"], key).status_code == 404


def test_pictures_within_a_text_are_named_by_their_addresses_and_stay_when_it_is_edited(
    app: Flask, deskie: Deskie, api: Api, case: str
) -> None:
    number = deskie.get(f"{case}.json").json["case"]["case_number"]
    [native] = api.get(f"/cases?reference={number}").json["items"]
    html = '<p>Look: <img src="cid:picture@customer.test" alt="it"></p>'
    posted(app, native["uuid"], UNA, a_picture(), html=html)
    message = deskie.get(f"{case}/messages.json").json["1"]["message"]
    [picture] = message["attachments"]
    assert message["content_html"] == html.replace("cid:picture@customer.test", picture["url"])
    shown = asked(app, picture["url"])
    assert (shown.data, shown.mimetype) == (PNG, "image/png")
    assert shown.headers["Content-Disposition"].startswith("inline;")
    said = {"message": {"content_html": message["content_html"].replace("Look", "See")}}
    edited = deskie.put(f"{case}/messages/{message['message_id']}.json", said).json["message"]
    assert edited["content_html"] == message["content_html"].replace("Look", "See")
    assert 'src="cid:picture@customer.test"' in api.get(f"/cases/{native['uuid']}").json["messages"][-1]["html"]

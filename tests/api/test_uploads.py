"""Files that come with a call: as a form, as curl sends it."""

import io
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.files import sizes as limits
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both
from tests.files.posts import PNG
from tests.sandbox import Outside
from tests.storage import contents

CASE = '{"creator": {"email": "una@customer.test"}, "subject": "Help", "message": "See the files.", "tags": ["a"]}'
MEGABYTE = 1024 * 1024


def a_file(content: bytes = b"Some notes.", name: str = "notes.txt", kind: str = "text/plain") -> Any:
    return FileStorage(io.BytesIO(content), name, content_type=kind)


def send(api: Api, path: str, **fields: Any) -> TestResponse:
    data = {name.replace("__", "."): value for name, value in fields.items()}
    # Encoded here, since the client leaves large ones in files that it does not close.
    boundary, body = encode_multipart(data)
    return api.post(path, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


@pytest.fixture
def case(api: Api) -> str:
    return f"/cases/{api.opened(UNA)['uuid']}"


def download(api: Api, attachment: Any) -> bytes:
    with api.client.get(attachment["url"].split("8025")[1], headers={"Authorization": f"Bearer {api.key}"}) as answer:
        return answer.data


@on_both
def test_a_case_is_opened_with_files(api: Api) -> None:
    answer = send(api, "/cases", json=CASE, files=[a_file(), a_file(b"%PDF", "bill.pdf", "application/pdf")])
    assert answer.status_code == 201, answer.text
    [message] = answer.json["messages"]
    assert [(one["name"], one["content_type"], one["size"]) for one in message["attachments"]] == [
        ("notes.txt", "text/plain", 11),
        ("bill.pdf", "application/pdf", 4),
    ]
    assert [download(api, one) for one in message["attachments"]] == [b"Some notes.", b"%PDF"]
    assert answer.json["tags"] == ["a"]


@pytest.mark.parametrize("kind", ["message", "note"])
def test_a_post_is_written_by_fields_alone(api: Api, case: str, kind: str) -> None:
    answer = send(api, f"{case}/{kind}s", **{"from": BEN, kind: "See the file.", "files": a_file()})
    assert (answer.status_code, answer.json[kind]) == (201, "See the file.")
    assert [one["name"] for one in answer.json["attachments"]] == ["notes.txt"]


def test_a_dot_leads_into_an_object(api: Api) -> None:
    answer = send(api, "/cases", creator__email=UNA, creator__name="Una", subject="Help", message="Hi")
    assert (answer.status_code, answer.json["creator"]["email"]) == (201, UNA)


def test_a_picture_stands_in_the_html_and_in_the_mail(api: Api, case: str, work: Worker, outside: Outside) -> None:
    html = '<p>Look: <img src="cid:logo" alt="our logo"></p>'
    answer = send(
        api, f"{case}/messages", **{"from": BEN, "html": html, "inline.logo": a_file(PNG, "logo.png", "image/png")}
    )
    [picture] = answer.json["attachments"]
    assert (picture["content_id"], picture["inline"]) == ("logo", True)
    assert 'src="cid:logo"' in answer.json["html"]
    work()
    shown = [part for part in outside.inbox(UNA)[-1].walk() if part.get_content_disposition() == "inline"]
    assert [part.get_content() for part in shown] == [PNG]


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({"json": "{"}, 400, None),
        ({"json": "[]"}, 422, None),
        ({"json": '{"from": "ben@team.test"}'}, 422, "message"),
        ({"json": '{"from": "ben@team.test"}', "from": BEN}, 422, "from"),
        ({"from": BEN, "from.name": "Ben"}, 422, "from"),
        ({"from": BEN, "message": "Hi", "colour": "red"}, 422, "colour"),
        ({"from": BEN, "message": "Hi", "file": a_file}, 422, "file"),
        ({"from": BEN, "message": "Hi", "inline.": a_file}, 422, "inline."),
        ({"from": BEN, "message": "Hi\x00"}, 400, None),
        ({"from": BEN, "files": a_file}, 422, "message"),
        ({"from": BEN, "message": "Hi", "files": "no file"}, 422, "files"),
    ],
)
def test_a_bad_form_is_refused_and_leaves_nothing_behind(
    app: Flask, api: Api, case: str, fields: dict[str, Any], status: int, field: str | None
) -> None:
    before = contents(app)
    made = {name: value() if callable(value) else value for name, value in fields.items()}
    answer = send(api, f"{case}/messages", **made)
    assert (answer.status_code, answer.json.get("field")) == (status, field), answer.text
    assert contents(app) == before


@pytest.mark.parametrize(("sizes", "status"), [((25,), 201), ((25, 25), 201), ((26,), 413), ((25, 24, 2), 413)])
def test_a_file_has_25_megabytes_at_most_and_all_have_50(
    api: Api, case: str, sizes: tuple[int, ...], status: int
) -> None:
    files = [a_file(bytes([size]) * size * MEGABYTE, f"{size}.bin") for size in sizes]
    answer = send(api, f"{case}/messages", **{"from": BEN, "message": "Hi", "files": files})
    assert answer.status_code == status, answer.text
    assert answer.json.get("field") == (None if status == 201 else "files")


def test_the_same_form_is_answered_the_same_whatever_its_boundaries_are(app: Flask, api: Api, case: str) -> None:
    key = {"Idempotency-Key": "form-1"}

    def sent(content: bytes) -> TestResponse:
        fields = {"from": BEN, "message": "Hi", "files": a_file(content)}
        return api.post(f"{case}/messages", data=fields, content_type="multipart/form-data", headers=key)

    first, again, other = sent(b"one"), sent(b"one"), sent(b"two")
    assert (again.status_code, again.json) == (201, first.json)
    assert (other.status_code, other.json["field"]) == (422, "Idempotency-Key")
    assert api.get(case).json["messages_total"] == 2


def test_a_form_is_understood_only_where_files_are(api: Api) -> None:
    assert send(api, "/persons", name="Una", email="a@b.test").status_code == 400
    assert limits.LARGEST_TOGETHER == 50 * MEGABYTE

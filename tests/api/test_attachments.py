"""The files of messages, over the API."""

import io
import zipfile
from random import randbytes
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from app.api.casey.openapi import document
from app.cases.models import Post
from app.clock import now
from app.config import deployed
from app.extensions import db
from app.transaction import transaction
from tests.api_client import PREFIX, Api
from tests.cast import UNA
from tests.conftest import on_both
from tests.files.posts import PNG, a_file, a_picture, posted, posted_often
from tests.queries import queries

HTML = b"<script>alert(document.cookie)</script>"


@pytest.fixture
def case(api: Api) -> str:
    """A case of una's."""
    return str(api.opened(UNA)["uuid"])


def test_a_file_of_any_type_is_an_answer_that_is_described(app: Flask, api: Api, case: str) -> None:
    [notes] = posted(app, case, UNA, a_file(kind="text/x-log"))
    assert api.get(f"/attachments/{notes}", buffered=True).mimetype == "text/x-log"
    described = document()["paths"]["/attachments/{uuid}"]["get"]["responses"]
    assert described["200"]["content"].keys() == described["206"]["content"].keys() == {"*/*"}


@on_both
def test_a_message_shows_its_files_and_where_to_get_them(app: Flask, api: Api, case: str) -> None:
    notes, picture = posted(app, case, UNA, a_file(), a_picture(), text="Hi\n> hm", html="<p>Hi</p>", visible=((0, 2),))
    message = api.get(f"/cases/{case}").json["messages"][-1]
    assert (message["html"], message["visible"]) == ("<p>Hi</p>", [[0, 2]])
    assert message["attachments"][0] == {
        "uuid": str(notes),
        "name": "notes.txt",
        "content_type": "text/plain",
        "content_id": None,
        "inline": False,
        "size": 11,
        "url": f"http://127.0.0.1:8025{PREFIX}/attachments/{notes}",
    }
    assert [one["content_id"] for one in message["attachments"]] == [None, "picture@customer.test"]
    answer = api.get(f"/attachments/{picture}", buffered=True)
    assert (answer.status_code, answer.data) == (200, PNG)


def test_a_file_can_be_asked_about_and_had_in_parts(app: Flask, api: Api, case: str) -> None:
    [uuid] = posted(app, case, UNA, a_file(content=b"0123456789"))
    head = api.call("HEAD", f"/attachments/{uuid}", buffered=True)
    assert (head.status_code, head.data, head.content_length) == (200, b"", 10)
    part = api.get(f"/attachments/{uuid}", headers={"Range": "bytes=4-6"}, buffered=True)
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, b"456", "bytes 4-6/10")
    beyond = api.get(f"/attachments/{uuid}", headers={"Range": "bytes=40-"}, buffered=True)
    assert beyond.status_code == 416
    again = api.get(f"/attachments/{uuid}", headers={"If-None-Match": head.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/xhtml+xml", "image/png"])
def test_what_could_run_in_a_browser_is_only_ever_saved(app: Flask, api: Api, case: str, kind: str) -> None:
    [uuid] = posted(app, case, UNA, a_file("page.html", HTML, kind))
    headers = api.get(f"/attachments/{uuid}", buffered=True).headers
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("content", "shown_as"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0 and more", "image/jpeg"),
        (b"GIF89a and more", "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", None),
        (b"\x89PNG", None),
        (HTML, None),
        (b"", None),
    ],
)
def test_a_picture_is_known_by_its_bytes_and_not_by_what_it_is_called(
    app: Flask, api: Api, case: str, content: bytes, shown_as: str | None
) -> None:
    [uuid] = posted(app, case, UNA, a_file("page.html", content, "text/html"))
    headers = api.get(f"/attachments/{uuid}", buffered=True).headers
    assert headers["Content-Type"] == (shown_as or "text/html")
    assert headers["Content-Disposition"].partition(";")[0] == ("inline" if shown_as else "attachment")


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("notes.txt", "attachment; filename=\"notes.txt\"; filename*=UTF-8''notes.txt"),
        (
            'say "hi"; x=1.txt',
            "attachment; filename=\"say _hi_; x=1.txt\"; filename*=UTF-8''say%20%22hi%22%3B%20x%3D1.txt",
        ),
        ("größe.txt", "attachment; filename=\"groe.txt\"; filename*=UTF-8''gr%C3%B6%C3%9Fe.txt"),
        ("文件", "attachment; filename=\"file\"; filename*=UTF-8''%E6%96%87%E4%BB%B6"),
        ("a\r\nX-Evil: 1\r\n\r\n.txt", "attachment; filename=\"aX-Evil: 1.txt\"; filename*=UTF-8''aX-Evil%3A%201.txt"),
    ],
)
def test_any_name_fits_into_the_header_and_nothing_but_it(
    app: Flask, api: Api, case: str, name: str, disposition: str
) -> None:
    [uuid] = posted(app, case, UNA, a_file(name))
    answer = api.get(f"/attachments/{uuid}", buffered=True)
    assert answer.headers["Content-Disposition"] == disposition
    assert "X-Evil" not in answer.headers


def test_a_file_of_no_post_or_a_deleted_one_is_not_found(app: Flask, api: Api, case: str) -> None:
    [uuid] = posted(app, case, UNA, a_file())
    with app.app_context(), transaction():
        db.session.execute(sa.update(Post).values(deleted_at=now()))
    gone, never = (api.get(f"/attachments/{one}") for one in (uuid, uuid4()))
    assert (gone.status_code, never.status_code) == (404, 404)
    assert gone.json == never.json


def test_a_content_that_was_lost_is_a_clear_error(app: Flask, api: Api, case: str) -> None:
    [uuid] = posted(app, case, UNA, a_file())
    with app.app_context():
        for path in (deployed().data_dir / "files").rglob("?" * 64):
            path.unlink()
    answer = api.get(f"/attachments/{uuid}")
    assert (answer.status_code, answer.json["code"]) == (410, "gone")
    assert answer.json["detail"] == "The content of this file is missing here (file 1)."


@on_both
def test_a_long_case_with_files_costs_no_more_questions_than_a_short_one(app: Flask, api: Api, case: str) -> None:
    def asked() -> int:
        with queries(app) as found:
            assert api.get(f"/cases/{case}").status_code == 200
        return len(found)

    posted_often(app, case, UNA, times=1, address=UNA)
    asked()  # the key's mark of use is written once
    few = asked()
    posted_often(app, case, UNA, times=200, address=UNA)
    assert asked() == few
    found = api.get(f"/cases/{case}").json["messages"]
    assert (len(found), found[-1]["attachments"][0]["size"]) == (202, len("19"))


@on_both
def test_all_files_of_a_message_or_a_note_are_one_archive(app: Flask, api: Api, case: str) -> None:
    posted(app, case, UNA, a_file(content=b"one"), a_file(content=b"two"), a_picture())
    message = api.get(f"/cases/{case}").json["messages"][-1]["uuid"]
    answer = api.get(f"/cases/{case}/messages/{message}/attachments", buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    found = zipfile.ZipFile(io.BytesIO(answer.data))
    contents = {name: found.read(name) for name in found.namelist()}
    assert contents == {"notes.txt": b"one", "notes (2).txt": b"two", "screen.png": PNG}
    form = {"from": "ben@team.test", "note": "See.", "files": (io.BytesIO(b"%PDF"), "a.pdf")}
    note = api.call("POST", f"/cases/{case}/notes", data=form, content_type="multipart/form-data").json["uuid"]
    noted = api.get(f"/cases/{case}/notes/{note}/attachments", buffered=True)
    assert zipfile.ZipFile(io.BytesIO(noted.data)).namelist() == ["a.pdf"]
    assert api.get(f"/cases/{case}/notes/{message}/attachments").status_code == 404
    assert api.get(f"/cases/{api.opened(UNA)['uuid']}/messages/{message}/attachments").status_code == 404


def test_an_archive_is_sent_when_the_database_is_let_go(app: Flask, api: Api, case: str) -> None:
    posted(app, case, UNA, a_file(content=randbytes(3_000_000)), a_file())
    message = api.get(f"/cases/{case}").json["messages"][-1]["uuid"]
    pieces = api.get(f"/cases/{case}/messages/{message}/attachments").iter_encoded()
    sent = len(next(pieces))
    with app.app_context():
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert sent < 1_000_000 < 3_000_000 < sent + sum(map(len, pieces))

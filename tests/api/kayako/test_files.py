"""Files by Kayako's dialect: sent before their posts, shown with them, and pictures looked at."""

import base64
import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from PIL import Image

from app.cases.discarding import trash_case
from app.cases.models import Case, Post
from app.clock import now
from app.extensions import db
from app.files import pictures
from app.files.models import File
from app.jobs import upkeep
from app.jobs.cases import forget_unused_files
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import Worker, on_both
from tests.files.posts import a_picture, posted
from tests.letters import letter
from tests.queries import queries
from tests.sandbox import Outside

TEXT = b"It is all in here."
A_DAY = timedelta(days=1, minutes=1)

User = Callable[[str], Kayako]


def picture(width: int = 640, height: int = 320, kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "red").save(out, kind)
    return out.getvalue()


def sent(kayako: Kayako, content: bytes = TEXT, name: str = "notes.txt", **headers: str) -> Any:
    said = {"Content-Disposition": f'attachment; filename="{name}"', **headers}
    answer = kayako.call("POST", "/files.json", data=content, headers=said)
    assert answer.status_code == 201, answer.text
    return answer.json["data"]


def noted_with(kayako: Kayako, *ids: int) -> Any:
    said = {"contents": "See the files.", "attachment_file_ids": ",".join(map(str, ids))}
    return kayako.post("/cases/1/notes?include=attachment,thumbnail", said)


@on_both
def test_a_file_that_is_the_body_waits_for_its_post(kayako: Kayako, case: Any) -> None:
    file = sent(kayako)
    assert (file["name"], file["size"], file["type"]) == ("notes.txt", len(TEXT), "text/plain")
    assert kayako.get(f"/files/{file['id']}").json["data"] == file
    assert kayako.get("/files").json["data"] == [file]
    [attached] = noted_with(kayako, file["id"]).json["data"]["attachments"]
    assert (attached["name"], attached["size"]) == ("notes.txt", len(TEXT))
    assert kayako.get("/files").json["total_count"] == 0
    [error] = noted_with(kayako, file["id"]).json["errors"]
    assert (error["code"], error["parameter"]) == ("FIELD_INVALID", "attachment_file_ids")


def test_a_file_may_be_named_in_the_query(kayako: Kayako) -> None:
    answer = kayako.call("POST", "/files?_filename=terms.pdf", data=b"%PDF", content_type="application/pdf")
    assert (answer.json["data"]["name"], answer.json["data"]["type"]) == ("terms.pdf", "application/pdf")
    other = kayako.call("POST", "/files?_Filename=other.pdf&_field=attachment", data=b"%PDF")
    assert other.json["data"]["name"] == "other.pdf"


def test_several_files_come_in_a_form(kayako: Kayako) -> None:
    form = {"files[]": [(io.BytesIO(b"one"), "one.txt"), (io.BytesIO(b"two"), "two.txt")]}
    answer = kayako.call("POST", "/files", data=form, content_type="multipart/form-data")
    assert [one["name"] for one in answer.json["data"]] == ["one.txt", "two.txt"]
    assert answer.json["total_count"] == 2


def test_a_content_is_held_against_its_checksum(kayako: Kayako) -> None:
    digest = hashlib.md5(TEXT, usedforsecurity=False)
    sent(kayako, **{"Content-MD5": base64.b64encode(digest.digest()).decode()})
    assert kayako.call("POST", f"/files?_md5={digest.hexdigest()}", data=TEXT).status_code == 201
    [error] = kayako.call("POST", "/files", data=TEXT, headers={"Content-MD5": "wrong"}).json["errors"]
    assert (error["code"], error["parameter"]) == ("FIELD_INVALID", "Content-MD5")


def test_nothing_is_no_file(kayako: Kayako) -> None:
    [error] = kayako.call("POST", "/files", data=b"").json["errors"]
    assert (error["code"], error["parameter"]) == ("FIELD_REQUIRED", "files")


def test_a_file_is_its_senders_alone(user: User, case: Any) -> None:
    file = sent(user("ben"))["id"]
    for path in (f"/files/{file}", "/files/4711"):
        assert user("olga").get(path).status_code == 404
        assert user("olga").delete(path).status_code == 404
    assert user("olga").get("/files").json["data"] == []
    assert noted_with(user("olga"), file).status_code == 400
    assert noted_with(user("ben"), file).status_code == 201


@on_both
def test_what_is_removed_or_a_day_old_is_gone_with_its_content(app: Flask, kayako: Kayako) -> None:
    removed, old = sent(kayako, b"removed"), sent(kayako, b"old")
    assert kayako.delete(f"/files/{removed['id']}").status_code == 200
    assert kayako.get(f"/files/{removed['id']}").status_code == 404
    with time_machine.travel(now() + A_DAY, tick=True), app.app_context():
        assert kayako.get(f"/files/{old['id']}").status_code == 404
        upkeep.forget_old_uploads()
        forget_unused_files()
        assert db.session.scalars(db.select(File)).all() == []


@on_both
def test_a_picture_is_measured_and_made_small_by_a_job(kayako: Kayako, case: Any, work: Worker) -> None:
    note = noted_with(kayako, sent(kayako, picture(), "red.png")["id"]).json["data"]
    assert (note["attachments"][0]["width"], note["attachments"][0]["thumbnails"]) == (None, [])
    work()
    [file] = kayako.get(f"/cases/1/notes/{note['id']}?include=attachment,thumbnail").json["data"]["attachments"]
    assert (file["width"], file["height"]) == (640, 320)
    [small] = file["thumbnails"]
    assert (small["width"], small["height"], small["type"]) == (200, 100, "image/png")
    assert small["name"] == "red.png"
    content = opened(kayako, small["url"].partition(":8025")[2], auth=(kayako.email, kayako.key)).data
    assert (len(content), Image.open(io.BytesIO(content)).size) == (small["size"], (200, 100))


def test_a_small_picture_goes_with_its_content(app: Flask, kayako: Kayako, work: Worker) -> None:
    file = sent(kayako, picture(), "red.png")["id"]
    work()
    kayako.delete(f"/files/{file}")
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count(File.id))) == 2
        forget_unused_files()
        forget_unused_files()
        assert db.session.scalars(db.select(File)).all() == []
        assert db.session.scalars(db.select(pictures.Picture)).all() == []


def opened(kayako: Kayako, address: str, **options: Any) -> Any:
    """What an address opens by itself."""
    return kayako.client.get(address, buffered=True, **options)


def bomb() -> bytes:
    """A small file that says of itself that it is 30,000 by 30,000 points large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        bomb(),
        picture()[:60],
        b"\x89PNG\r\n\x1a\nnothing",
        b"GIF89a" + b"\xff" * 40,
        picture(5, 5, "TIFF"),
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
    ids=["bomb", "cut off", "no picture", "broken", "another kind", "nothing", "svg", "postscript"],
)
def test_what_is_no_picture_or_too_large_is_not_decoded(content: bytes) -> None:
    assert pictures.seen_in(io.BytesIO(content)) is None


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "RGB"), ("JPEG", "CMYK"), ("GIF", "P"), ("WEBP", "RGB")]
)
def test_pictures_of_all_kinds_that_are_shown_are_looked_at(kind: str, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (900, 300)).save(out, kind)
    seen = pictures.seen_in(io.BytesIO(out.getvalue()))
    assert seen is not None
    assert (seen.width, seen.height, seen.small_width, seen.small_height) == (900, 300, 200, 67)


def test_a_picture_that_cannot_be_decoded_is_looked_at_once(
    app: Flask, kayako: Kayako, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(kayako, bomb(), "bomb.png")
    work()
    with app.app_context():
        [row] = db.session.scalars(db.select(pictures.Picture))
        assert (row.due_at, row.width, row.thumbnail_id) == (None, None, None)


def test_a_picture_that_kills_its_job_is_given_up_after_three_times(
    app: Flask, kayako: Kayako, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(kayako, picture(), "red.png")
    for _ in range(3):
        with app.app_context():
            assert len(pictures.due_pictures()) == 1
            file = pictures.due_pictures()[0]
            assert pictures.claim_picture(file) is not None
            db.session.commit()
            assert pictures.claim_picture(file) is None
            db.session.execute(db.update(pictures.Picture).values(due_at=now()))
            db.session.commit()
    with app.app_context():
        assert pictures.claim_picture(file) is None
        db.session.commit()
        assert pictures.due_pictures() == []


def test_a_file_is_opened_by_its_address_while_its_post_is_young(kayako: Kayako, case: Any) -> None:
    [file] = replied_with(kayako, sent(kayako, picture(), "red.png")["id"])["attachments"]
    seen, saved = (file[name].partition(":8025")[2] for name in ("url", "url_download"))
    shown = opened(kayako, seen)
    assert (shown.status_code, shown.mimetype) == (200, "image/png")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert opened(kayako, saved).headers["Content-Disposition"].startswith("attachment")
    assert opened(kayako, f"{seen}x").status_code == 404
    assert opened(kayako, f"{seen}/thumbnail").status_code == 404
    with time_machine.travel(now() + timedelta(days=31), tick=True):
        assert opened(kayako, seen).status_code == 401
        assert opened(kayako, seen, auth=(kayako.email, kayako.key)).status_code == 200


@pytest.mark.parametrize("name", ["url", "url_download"])
def test_a_file_of_a_note_or_of_what_was_discarded_asks_for_credentials(
    app: Flask, kayako: Kayako, case: Any, name: str
) -> None:
    [noted] = noted_with(kayako, sent(kayako)["id"]).json["data"]["attachments"]
    [written] = replied_with(kayako, sent(kayako, b"other")["id"])["attachments"]
    assert opened(kayako, noted[name].partition(":8025")[2]).status_code == 401
    assert opened(kayako, written[name].partition(":8025")[2]).status_code == 200
    with app.app_context(), transaction():
        trash_case(db.session.get_one(Case, 1), by=None)
    assert opened(kayako, written[name].partition(":8025")[2]).status_code == 401


def test_a_token_for_something_else_opens_no_file(kayako: Kayako, case: Any) -> None:
    note = noted_with(kayako, *[sent(kayako, one)["id"] for one in (b"one", b"two")]).json["data"]
    said = {"grant_type": "password", "username": kayako.email, "password": kayako.key, "scope": "users:read"}
    token = kayako.client.post("/api/v1/oauth/token", json=said).json["access_token"]
    for address in (note["download_all"], note["attachments"][0]["url"]):
        path = address.partition(":8025")[2]
        assert kayako.client.get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 403
        assert opened(kayako, path, auth=(kayako.email, kayako.key)).status_code == 200


def replied_with(kayako: Kayako, *files: int) -> Any:
    """A reply with files, as a post."""
    said = {"contents": "See the files.", "attachment_file_ids": ",".join(map(str, files))}
    answer = kayako.post("/cases/1/reply?include=post,attachment", said)
    assert answer.status_code == 201, answer.text
    return answer.json["data"]["posts"][0]


def all_of(kayako: Kayako, address: str, **options: Any) -> Any:
    return opened(kayako, address.partition(":8025")[2], **options)


@on_both
def test_several_files_of_a_post_are_had_as_one_archive(kayako: Kayako, case: Any) -> None:
    files = [sent(kayako, one)["id"] for one in (b"one", b"two")]
    note = noted_with(kayako, *files).json["data"]
    post = kayako.get(f"/cases/posts/{note['id']}").json["data"]
    assert post["download_all"] == note["download_all"]
    answer = all_of(kayako, note["download_all"], auth=(kayako.email, kayako.key))
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    found = zipfile.ZipFile(io.BytesIO(answer.data))
    assert [found.read(name) for name in ("notes.txt", "notes (2).txt")] == [b"one", b"two"]
    said = {"contents": "See the files.", "attachment_file_ids": str(sent(kayako)["id"])}
    one = kayako.post("/cases/1/reply?include=post", said).json["data"]["posts"][0]
    assert (len(one["attachments"]), one["download_all"]) == (1, None)


def test_an_archive_is_opened_by_its_address_while_its_post_is_young(
    app: Flask, kayako: Kayako, case: Any, user: User
) -> None:
    post = replied_with(kayako, *[sent(kayako, one)["id"] for one in (b"one", b"two")])
    address = post["download_all"]
    assert all_of(kayako, address).status_code == 200
    assert all_of(kayako, f"{address}x").status_code == 404
    token = post["attachments"][0]["url"].rpartition("/")[2]
    assert all_of(kayako, f"{address.rpartition('/')[0]}/{token}").status_code == 404
    with time_machine.travel(now() + timedelta(days=31), tick=True):
        assert all_of(kayako, address).status_code == 401
        assert all_of(kayako, address, auth=(kayako.email, kayako.key)).status_code == 200
    with app.app_context(), transaction():
        db.session.get_one(Post, post["id"]).deleted_at = now()
    assert all_of(kayako, address).status_code == 404


@pytest.mark.parametrize(
    ("id", "html"),
    [
        ("red@una.test", '<img alt="  A red &quot;square&quot; " src="cid:red@una.test">'),
        ("a b%&@una.test", '<p><img src="cid:a%20b%25&amp;@una.test" alt=\'A red "square"\'></p>'),
        ("red@una.test", '<img src="cid:red@una.test" alt=""><img src="CID:red@una.test" alt=\'A red "square"\'>'),
    ],
)
def test_a_picture_in_the_html_of_a_mail_has_the_words_that_this_gives_it(
    kayako: Kayako, case: Any, work: Worker, outside: Outside, id: str, html: str
) -> None:
    mail = letter(UNA, f"Re: [{case['reference']}]", "See the picture.")
    mail.add_alternative(html + '<img src="cid:other@una.test" alt="Another one">', subtype="html")
    mail.get_payload()[1].add_related(picture(), "image", "png", cid=f"<{id}>", filename="red.png")  # type: ignore
    mail.add_attachment(b"one", "text", "plain", filename="a.txt")
    outside.send(mail)
    work()
    red, text = kayako.get("/cases/1/posts?include=attachment").json["data"][0]["attachments"]
    assert (red["name"], red["content_id"], red["alt"]) == ("red.png", id, 'A red "square"')
    assert (text["name"], text["alt"]) == ("a.txt", None)


@on_both
def test_the_words_for_all_pictures_of_a_page_are_read_at_once(app: Flask, api: Api, kayako: Kayako, case: Any) -> None:
    def sent_with_pictures(number: int) -> None:
        html = '<img src="cid:picture@customer.test" alt="A screen">'
        for _ in range(number):
            posted(app, case["uuid"], UNA, a_picture(), html=html)

    def cost() -> int:
        with queries(app) as asked:
            found = kayako.get("/cases/1/posts?include=attachment&limit=100").json["data"]
        assert {one["alt"] for post in found for one in post["attachments"]} == {"A screen"}
        return len(asked)

    sent_with_pictures(1)
    cost()  # the first call notes that the key is in use
    few = cost()
    sent_with_pictures(5)
    assert cost() == few

"""Contents of which no row speaks are removed after a day, and never one that is put again at that moment."""

import hashlib
import io
import os
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from app.api import uploads
from app.clock import now
from app.config import deployed
from app.extensions import db
from app.files import strays
from app.files.models import File
from app.files.storing import keep, store
from app.jobs.cases import forget_unused_files
from app.jobs.periodic import TASKS
from app.jobs.upkeep import doubt_stray_files
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import on_both
from tests.files.shelves import Shelf

CONTENT = b"a content\r\n\x00\xff"
A_DAY, HOURS = timedelta(hours=25), timedelta(hours=23)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def sweep(app: Flask, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Does what workers do about strays, as far as this content is concerned."""

    def swept(content: bytes) -> None:
        monkeypatch.setattr(strays, "part_in_turn", lambda: sha256(content)[:2])
        for job in (doubt_stray_files, forget_unused_files):
            with app.app_context():
                job()

    return swept


@pytest.fixture
def case(api: Api) -> str:
    return f"/cases/{api.opened(UNA)['uuid']}"


def kept(app: Flask, shelf: Shelf, content: bytes = CONTENT, ago: timedelta = A_DAY) -> str:
    """A content of which no row speaks."""
    with app.app_context():
        keep(content)
    shelf.age(sha256(content), ago)
    return sha256(content)


def upload(api: Api, case: str, content: bytes = CONTENT, **more: str) -> TestResponse:
    file = FileStorage(io.BytesIO(content), "notes.txt", content_type="text/plain")
    fields: dict[str, Any] = {"from": BEN, "message": "Hi", "files": file, **more}
    return api.post(f"{case}/messages", data=fields, content_type="multipart/form-data")


def download(api: Api, answer: TestResponse) -> bytes:
    [attachment] = answer.json["attachments"]
    return api.get(f"/attachments/{attachment['uuid']}", buffered=True).data


def rows(app: Flask) -> list[File]:
    with app.app_context():
        return list(db.session.scalars(select(File)))


@on_both
def test_the_files_of_a_call_that_was_refused_are_removed_after_a_day(
    app: Flask, shelf: Shelf, api: Api, case: str, sweep: Callable[[bytes], None]
) -> None:
    assert upload(api, case, colour="red").status_code == 422
    assert upload(api, "/cases/01a200d0-39b5-7136-a763-74a3c46a113b").status_code == 404
    for ago, left in ((HOURS, 1), (A_DAY, 0)):
        shelf.age(sha256(CONTENT), ago)
        sweep(CONTENT)
        assert (len(shelf.lying_there()), rows(app)) == (left, [])


@on_both
def test_a_content_that_is_in_use_stays_however_old_it_is(
    app: Flask, shelf: Shelf, api: Api, case: str, sweep: Callable[[bytes], None]
) -> None:
    posted = upload(api, case)
    shelf.age(sha256(CONTENT), timedelta(days=1000))
    sweep(CONTENT)
    assert download(api, posted) == CONTENT
    assert [one.unused_at for one in rows(app)] == [None]


@on_both
def test_strays_are_noted_batch_by_batch(app: Flask, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    alike = [text for text in (f"content {number}".encode() for number in range(3000)) if sha256(text)[:2] == "42"][:5]
    for content in alike:
        kept(app, shelf, content)
    other = kept(app, shelf, CONTENT)
    monkeypatch.setattr(strays, "BATCH", 2)
    monkeypatch.setattr(strays, "part_in_turn", lambda: "42")
    with app.app_context():
        assert [len(batch) for batch in strays.batches("42")] == [2, 2, 1]
        doubt_stray_files()
    assert sorted(one.sha256 for one in rows(app)) == sorted(map(sha256, alike))
    with app.app_context():
        forget_unused_files()
    assert [Path(name).name for name in shelf.lying_there()] == [other]


@pytest.mark.usefixtures("context")
def test_every_part_has_its_turn_within_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    start, turn = now(), TASKS["upkeep.doubt_stray_files"]()
    seen = set()
    for number in range(timedelta(days=1) // turn):
        monkeypatch.setattr(strays, "now", lambda number=number: start + number * turn)
        seen.add(strays.part_in_turn())
    assert seen == {f"{number:02x}" for number in range(256)}


@pytest.mark.usefixtures("context")
def test_what_a_crash_left_half_written_on_the_disk_is_removed_too() -> None:
    directory = deployed().data_dir / "files" / "42" / "00"
    directory.mkdir(parents=True)
    old, young, foreign = (directory / name for name in (".new-old", ".new-young", "README"))
    for path in (old, young, foreign):
        path.write_bytes(b"half")
    for path in (old, foreign):
        os.utime(path, ((now() - A_DAY).timestamp(),) * 2)
    assert list(strays.batches("42")) == []
    assert sorted(path.name for path in directory.iterdir()) == [young.name, foreign.name]


def test_a_content_that_is_put_again_is_young_again(app: Flask, shelf: Shelf, sweep: Callable[[bytes], None]) -> None:
    name = kept(app, shelf)
    with app.app_context():
        keep(CONTENT)
    sweep(CONTENT)
    assert (shelf.content(name), rows(app)) == (CONTENT, [])


@on_both
def test_a_stray_that_is_noted_by_an_upload_before_the_sweep_has_noted_it_is_kept(
    app: Flask, shelf: Shelf, api: Api, case: str
) -> None:
    kept(app, shelf)
    with app.app_context():
        [batch] = strays.batches(sha256(CONTENT)[:2])
        found = strays.strays(batch)
        assert [one.sha256 for one in found] == [sha256(CONTENT)]
    posted = upload(api, case)
    with app.app_context():
        with transaction():
            strays.doubt(found)
        forget_unused_files()
    assert download(api, posted) == CONTENT


@on_both
def test_the_sweep_waits_for_an_upload_that_has_not_been_committed(
    app: Flask, shelf: Shelf, sweep: Callable[[bytes], None]
) -> None:
    name = kept(app, shelf)
    sweeping = threading.Thread(target=sweep, args=(CONTENT,))
    with app.app_context():
        with transaction():
            store(CONTENT)
            shelf.age(name, A_DAY)
            sweeping.start()
            sweeping.join(0.3)
        sweeping.join()
    assert shelf.content(name) == CONTENT
    assert [one.unused_at for one in rows(app)] == [None]


@on_both
def test_an_upload_whose_content_is_swept_away_at_that_moment_keeps_it_again(
    app: Flask, shelf: Shelf, api: Api, case: str, sweep: Callable[[bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, swept = uploads.keep, []

    def kept_and_lost(content: Any) -> Any:
        found = real(content)
        if not swept:
            shelf.age(found.sha256, A_DAY)
            away = threading.Thread(target=sweep, args=(CONTENT,))
            away.start()
            away.join()
            swept.append(shelf.lying_there())
        return found

    monkeypatch.setattr(uploads, "keep", kept_and_lost)
    posted = upload(api, case)
    assert swept == [[]]
    assert posted.status_code == 201, posted.text
    assert download(api, posted) == CONTENT


@on_both
def test_whatever_comes_again_while_strays_are_swept_is_there_afterwards(
    app: Flask, shelf: Shelf, api: Api, case: str, sweep: Callable[[bytes], None]
) -> None:
    contents = [f"content {number}".encode() for number in range(12)]
    for content in contents:
        kept(app, shelf, content)

    def sweeping() -> None:
        for content in contents:
            sweep(content)

    sweeper = threading.Thread(target=sweeping)
    sweeper.start()
    answers = [upload(api, case, content) for content in contents]
    sweeper.join()
    assert [one.status_code for one in answers] == [201] * len(contents)
    assert [download(api, one) for one in answers] == contents

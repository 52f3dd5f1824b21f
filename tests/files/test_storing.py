"""Contents: stored once, durable before anything speaks of them, and never found half."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.config import deployed
from app.errors import Gone
from app.extensions import db
from app.files import disk
from app.files.models import File
from app.files.storing import open_file, read_file, store
from app.transaction import transaction
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both
from tests.files.shelves import Shelf
from tests.letters import letter
from tests.sandbox import Outside

ROOT = Path(__file__).parents[2]
CONTENT = b"a content\r\n\x00\xff"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
STORES_AND_IS_KILLED = f"""
from app import create_app
from app.files.storing import store
from app.transaction import transaction

app = create_app()
with app.app_context(), transaction():
    store({CONTENT!r})
"""


def stored(content: bytes = CONTENT) -> File:
    with transaction():
        return store(content)


@pytest.mark.usefixtures("context")
def test_a_content_comes_back_byte_for_byte(shelf: Shelf) -> None:
    file = stored()
    assert (file.sha256, file.size) == (SHA256, len(CONTENT))
    assert read_file(file) == CONTENT
    with open_file(file) as content:
        assert content.read(2) == CONTENT[:2]
    assert read_file(stored(b"")) == b""


@pytest.mark.usefixtures("context")
def test_the_same_content_is_stored_once(shelf: Shelf) -> None:
    assert stored().id == stored().id
    assert shelf.lying_there() == [f"{SHA256[:2]}/{SHA256[2:4]}/{SHA256}"]


@pytest.mark.usefixtures("context")
def test_nobody_else_on_the_machine_can_read_it() -> None:
    stored()
    [path] = [path for path in (deployed().data_dir / "files").rglob("*") if path.is_file()]
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("context")
def test_a_content_that_a_broken_disk_cut_short_is_written_anew(shelf: Shelf) -> None:
    file = stored()
    shelf.cut(SHA256, 3)
    stored()
    assert read_file(file) == CONTENT


@pytest.mark.usefixtures("context")
def test_a_full_disk_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        stored()
    assert [path for path in (deployed().data_dir / "files").rglob("*") if path.is_file()] == []
    assert db.session.scalars(select(File)).all() == []


@pytest.mark.usefixtures("context")
def test_a_content_that_is_gone_is_named_by_its_id(shelf: Shelf) -> None:
    file = stored()
    shelf.lose(SHA256)
    with pytest.raises(Gone, match=f"file {file.id}"):
        read_file(file)


@on_both
def test_a_crash_behind_the_store_leaves_bytes_without_a_row_and_never_a_row_without_bytes(
    app: Flask, environ: dict[str, str], shelf: Shelf
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STORES_AND_IS_KILLED],
        env={**os.environ, **environ, "CASEY_CRASH_AT": "files.stored"},
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    with app.app_context():
        assert db.session.scalars(select(File)).all() == []
        [name] = shelf.lying_there()
        assert shelf.content(SHA256) == CONTENT
        assert read_file(stored()) == CONTENT
        assert shelf.lying_there() == [name]


@on_both
def test_the_same_content_stored_at_the_same_moment_is_one_row(app: Flask, shelf: Shelf) -> None:
    start, ids = threading.Barrier(4), []

    def storing() -> None:
        with app.app_context():
            start.wait()
            ids.append(stored().id)
            db.session.remove()

    threads = [threading.Thread(target=storing) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 4
    assert len(set(ids)) == 1


def test_files_of_a_mail_are_on_the_disk_before_anybody_waits_for_the_database(
    app: Flask, cast: Cast, outside: Outside, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = letter(UNA, "Files", "See the files.")
    for number in range(3):
        mail.add_attachment(f"File {number}".encode(), "text", "x-log", filename=f"{number}.log")
    outside.send(mail)
    synced: list[bool] = []
    monkeypatch.setattr(disk.os, "fsync", lambda _: synced.append(bool(db.session().info.get("casey.transaction"))))
    work()
    assert synced
    assert not any(synced)
    with app.app_context():
        assert len(db.session.scalars(select(File)).all()) == 3

"""Contents in S3: handed out as from the disk, never whole in memory, and never lost or half stored when it is away."""

import hashlib
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from app import create_app
from app.clock import now
from app.config.sources import BadConfiguration
from app.files.kept import StoreAway
from app.files.storing import check_store, keep, open_file, read_file, store
from app.jobs import mail as jobs
from app.mail.models import Delivery
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.files.posts import PNG, a_file, posted
from tests.files.shelves import Objects, Shelf
from tests.files.test_strays import upload
from tests.letters import letter
from tests.mail.rows import inbound, outbound_to
from tests.sandbox import Outside
from tests.servers.proxy import Proxy
from tests.servers.s3 import S3Server
from tests.storage import contents

ROOT = Path(__file__).parents[2]
LARGE = bytes(range(256)) * 1024  # longer than what is read at once
COUNTED = {"X-RateLimit-Remaining": "", "X-RateLimit-Reset": "", "Date": ""}  # each call and each second changes them
KEEPS_AND_READS = """
import sys, tracemalloc
from app import create_app
from app.files.models import File
from app.files.storing import keep, open_file, store
from app.transaction import transaction

with create_app().app_context():
    with transaction():
        store(b"so that everything is there that is needed")
    tracemalloc.start()
    with open(sys.argv[1], "rb") as content:
        kept = keep(content)
    with open_file(File(sha256=kept.sha256, size=kept.size)) as content:
        read = sum(len(piece) for piece in iter(lambda: content.read(65536), b""))
    print(read, tracemalloc.get_traced_memory()[1])
"""


@pytest.fixture
def line(s3_server: S3Server) -> Iterator[Proxy]:
    """The line to S3, which can be cut."""
    with Proxy(s3_server.port) as proxy:
        yield proxy


@pytest.fixture
def objects(objects: Objects, request: pytest.FixtureRequest) -> Objects:
    """Reached through the line, where a test asks for one."""
    if "line" in request.fixturenames:
        line: Proxy = request.getfixturevalue("line")
        objects.variables["CASEY_S3_ENDPOINT_URL"] = f"http://127.0.0.1:{line.port}"
    return objects


@pytest.fixture
def case(api: Api) -> str:
    return str(api.opened(UNA)["uuid"])


def test_a_file_is_handed_out_alike_wherever_it_lies(app: Flask, shelf: Shelf, api: Api, case: str) -> None:
    [uuid] = posted(app, case, UNA, a_file(content=LARGE))
    whole, head = (api.call(one, f"/attachments/{uuid}", buffered=True) for one in ("GET", "HEAD"))
    assert (whole.status_code, whole.data, head.data) == (200, LARGE, b"")
    assert {**whole.headers, **COUNTED} == {**head.headers, **COUNTED}
    assert whole.headers["Content-Length"] == str(len(LARGE))
    assert whole.headers["ETag"] == f'"{hashlib.sha256(LARGE).hexdigest()}"'
    for first, last in ((0, 0), (4, 6), (70_000, 200_000), (len(LARGE) - 1, len(LARGE) - 1)):
        part = api.get(f"/attachments/{uuid}", headers={"Range": f"bytes={first}-{last}"}, buffered=True)
        assert (part.status_code, part.data) == (206, LARGE[first : last + 1])
        assert part.headers["Content-Range"] == f"bytes {first}-{last}/{len(LARGE)}"
    assert api.get(f"/attachments/{uuid}", headers={"Range": "bytes=999999-"}, buffered=True).status_code == 416
    known = {"If-None-Match": whole.headers["ETag"]}
    assert api.get(f"/attachments/{uuid}", headers=known, buffered=True).status_code == 304


def test_a_picture_is_shown_wherever_it_lies(app: Flask, shelf: Shelf, api: Api, case: str) -> None:
    [uuid] = posted(app, case, UNA, a_file("a.txt", PNG, "text/plain"))
    answer = api.get(f"/attachments/{uuid}", buffered=True)
    assert (answer.headers["Content-Type"], answer.data) == ("image/png", PNG)
    assert answer.headers["Content-Disposition"].startswith("inline")


@pytest.mark.usefixtures("context")
def test_it_is_read_as_a_file_is(shelf: Shelf) -> None:
    with transaction():
        file = store(LARGE)
    with open_file(file) as content:
        assert content.read(3) == LARGE[:3]
        assert content.seek(200_001) == 200_001
        assert content.read(70_000) == LARGE[200_001:]
        assert content.read(1) == b""
        content.seek(-5, os.SEEK_END)
        assert content.read() == LARGE[-5:]
        content.seek(0)
        assert content.read() == LARGE


@pytest.mark.usefixtures("app", "objects")
def test_25_megabytes_are_never_in_memory(environ: dict[str, str], tmp_path: Path) -> None:
    path, size = tmp_path / "large", 25 * 1024 * 1024
    path.write_bytes(os.urandom(size))
    done = subprocess.run(
        [sys.executable, "-c", KEEPS_AND_READS, str(path)],
        env={**os.environ, **environ},
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    read, peak = map(int, done.stdout.split())
    assert read == size
    assert peak < 4 * 1024 * 1024


@pytest.mark.usefixtures("context")
def test_what_is_there_is_not_sent_again(objects: Objects) -> None:
    sent = keep(LARGE)
    first = objects.server.objects()
    keep(LARGE)
    assert objects.server.objects() == first
    objects.age(sent.sha256, timedelta(hours=13))
    keep(LARGE)
    assert objects.server.objects() != first


def test_a_call_with_a_file_is_refused_while_it_is_away_and_nothing_is_half_done(
    app: Flask, objects: Objects, line: Proxy, api: Api, case: str
) -> None:
    before = contents(app)
    line.stop()
    answer = upload(api, f"/cases/{case}")
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    assert (answer.json["code"], answer.headers["Retry-After"]) == ("busy", "10")
    assert answer.json["detail"] == "Files cannot be stored or read at the moment. Please try again in a moment."
    assert (contents(app), objects.lying_there()) == (before, [])
    line.start()
    assert upload(api, f"/cases/{case}").status_code == 201


def test_a_file_that_cannot_be_read_now_is_not_said_to_be_gone(
    app: Flask, objects: Objects, line: Proxy, api: Api, case: str
) -> None:
    [uuid] = posted(app, case, UNA, a_file())
    line.stop()
    answer = api.get(f"/attachments/{uuid}")
    assert (answer.status_code, answer.json["code"]) == (503, "busy")


@pytest.mark.usefixtures("context")
def test_a_content_that_stops_in_the_middle_is_an_error_and_not_a_short_file(objects: Objects, line: Proxy) -> None:
    large = LARGE * 64  # more than fits into a line
    with transaction():
        file = store(large)
    with open_file(file) as content:
        content.read(1)
        line.stop()
        with pytest.raises(StoreAway):
            content.read()
    line.start()
    assert read_file(file) == large


def test_a_mail_with_a_file_waits_until_it_is_back(
    app: Flask, objects: Objects, line: Proxy, cast: Cast, outside: Outside
) -> None:
    mail = letter(UNA, "Files", "See the file.")
    mail.add_attachment(b"Some notes.", "text", "x-log", filename="notes.log")
    line.stop()
    outside.send(mail)
    with app.app_context():
        jobs.sweep_inbound()
    [waiting] = inbound(app)
    assert (waiting.outcome, waiting.attempts) == (None, 0)
    line.start()
    with time_machine.travel(now() + timedelta(minutes=1)), app.app_context():
        jobs.sweep_inbound()
    [decided] = inbound(app)
    assert decided.outcome == "opened"
    assert objects.content(hashlib.sha256(b"Some notes.").hexdigest()) == b"Some notes."


def test_a_mail_that_carries_a_file_is_sent_when_it_is_back(
    app: Flask, objects: Objects, line: Proxy, api: Api, case: str, outside: Outside
) -> None:
    with app.app_context():
        jobs.sweep_outbox()
    posted(app, case, BEN, a_file())
    line.stop()
    with app.app_context():
        jobs.sweep_outbox()
    assert {one.status for one in outbound_to(app, UNA)} >= {Delivery.DEFERRED}
    line.start()
    with time_machine.travel(now() + timedelta(hours=1)), app.app_context():
        jobs.sweep_outbox()
    assert [one.get_filename() for one in outside.inbox(UNA)[-1].iter_attachments()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"CASEY_S3_BUCKET": "no bucket/"}, "CASEY_S3_BUCKET must be the name of a bucket, such as casey-files, not"),
        ({"CASEY_S3_BUCKET": ""}, "CASEY_S3_ACCESS_KEY_ID needs CASEY_S3_BUCKET, the name of the bucket."),
        ({"CASEY_S3_ENDPOINT_URL": "s3.example.com"}, "CASEY_S3_ENDPOINT_URL must be an address, such as https://"),
        ({"CASEY_S3_PREFIX": "a b"}, "CASEY_S3_PREFIX must be made of letters, digits, dots, dashes and slashes."),
        ({"CASEY_S3_SECRET_ACCESS_KEY": ""}, "CASEY_S3_ACCESS_KEY_ID and CASEY_S3_SECRET_ACCESS_KEY are set together"),
    ],
)
@pytest.mark.usefixtures("objects")
def test_what_is_said_wrong_is_named(environ: dict[str, str], said: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadConfiguration, match=re.escape(sentence)):
        create_app({**environ, **said})


def test_a_bucket_that_is_not_there_is_named_at_the_start(environ: dict[str, str], objects: Objects) -> None:
    app = create_app({**environ, "CASEY_S3_BUCKET": "elsewhere"})
    with app.app_context(), pytest.raises(BadConfiguration, match="there is no bucket elsewhere"):
        check_store()


@pytest.mark.usefixtures("context")
def test_a_bucket_that_can_be_used_is_left_as_it_was(objects: Objects) -> None:
    check_store()
    assert objects.lying_there() == []


@pytest.mark.usefixtures("context")
def test_a_bucket_that_is_away_holds_up_no_start(
    objects: Objects, line: Proxy, caplog: pytest.LogCaptureFixture
) -> None:
    line.stop()
    with caplog.at_level(logging.WARNING):
        check_store()
    assert "the store of files cannot be reached yet" in caplog.text


def test_the_secret_is_shown_nowhere(app: Flask, objects: Objects) -> None:
    assert "secret of casey" not in repr(app.extensions)

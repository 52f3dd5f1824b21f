"""One case as an archive, with its mails and files, and back again."""

import io
import json
import mailbox
import random
import struct
import tracemalloc
import zipfile
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.bulk.holding import HeldFile
from app.errors import Invalid
from app.export.archive import safe_name
from app.export.mailbox import BEGINS
from app.export.reading import archive_in
from app.extensions import db
from app.files.models import File
from app.jobs.cases import forget_unused_files
from app.mail.inbound import raw_of
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both
from tests.export.exported import file_of, imported, key_of, without_ids
from tests.mail.rows import inbound

ZIP = "application/zip"
NO_BREAK_AT_ITS_END = (
    b"From: una@customer.test\r\nTo: support@casey.test\r\nSubject: Help\r\nMessage-ID: <first@customer.test>\r\n\r\n"
    b"Help!\r\n\r\nFrom here on it burns.\r\n>From there too."
)


def with_file(subject: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = UNA, "support@casey.test", subject
    mail["Message-ID"] = "<second@customer.test>"
    mail.set_content("See the picture.\n")
    mail.add_attachment(b"a plan", "application", "pdf", filename="../../plan 1.pdf")
    return mail.as_bytes()


def a_case_of_mails(api: Api, work: Worker) -> Any:
    """A case opened by a mail, with a mail that brought a file, a call's message and a note."""
    api.post("/inbound", data=NO_BREAK_AT_ITS_END)
    work()
    [case] = api.get("/cases").json["items"]
    api.post("/inbound", data=with_file(f"[Case {case['reference']}] Help"))
    work()
    api.post(
        f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "From now on\nit is mended.", "html": "<p>It</p>"}
    )
    api.post(f"/cases/{case['uuid']}/notes", {"from": BEN, "note": "Hm"})
    return case


def archived(api: Api, work: Worker, case: Any) -> bytes:
    job = api.post(f"/cases/{case['uuid']}/export").json
    work()
    return file_of(api, job)


def told_in(content: bytes) -> Any:
    return json.loads(zipfile.ZipFile(io.BytesIO(content)).read("case.json"))


@on_both
def test_an_archive_has_the_case_its_mails_and_its_files(app: Flask, api: Api, work: Worker, tmp_path: Path) -> None:
    case = a_case_of_mails(api, work)
    content = archived(api, work, case)
    told = told_in(content)
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert set(archive.namelist()) == {"case.json", "messages.mbox", "attachments/0001-plan_1.pdf"}
    assert archive.read("attachments/0001-plan_1.pdf") == b"a plan"
    assert [one["kind"] for one in told["messages"]] == ["message", "message", "message", "note"]
    assert told["messages"][1]["attachments"][0]["file"] == "attachments/0001-plan_1.pdf"
    assert [bool(one["mail"]) for one in told["messages"]] == [True, True, False, False]
    (tmp_path / "mbox").write_bytes(archive.read("messages.mbox"))
    with closing(mailbox.mbox(tmp_path / "mbox", create=False)) as found:
        subjects = [one.get("Subject") for one in found]
    assert subjects == ["Help", f"[Case {case['reference']}] Help", "Help"]
    for mail in inbound(app):
        with app.app_context():
            assert BEGINS.sub(rb">\1", raw_of(mail)) in archive.read("messages.mbox")


@on_both
def test_an_archive_that_is_imported_elsewhere_is_exported_again_with_the_same_mails_and_files(
    app: Flask, api: Api, work: Worker, elsewhere: Flask
) -> None:
    case = a_case_of_mails(api, work)
    content = archived(api, work, case)
    there, work_there = key_of(elsewhere), Worker(elsewhere)
    [row] = imported(there, work_there, content, ZIP)
    assert row["result"].items() >= {"created": True, "mails": 2}.items(), row
    again = archived(there, work_there, {"uuid": row["result"]["case"]})
    assert without_ids(told_in(again)) == without_ids(told_in(content))
    one, other = (zipfile.ZipFile(io.BytesIO(found)) for found in (content, again))
    assert one.read("attachments/0001-plan_1.pdf") == other.read("attachments/0001-plan_1.pdf")
    sources = [[raw_source(house, mail) for mail in inbound(house)] for house in (app, elsewhere)]
    assert sources[0] == sources[1]


def raw_source(app: Flask, mail: Any) -> tuple[bytes, str, str]:
    with app.app_context():
        return raw_of(mail), mail.message_id, str(mail.outcome)


def test_an_answer_to_a_mail_that_was_restored_finds_its_case(api: Api, work: Worker, elsewhere: Flask) -> None:
    content = archived(api, work, a_case_of_mails(api, work))
    there, work_there = key_of(elsewhere), Worker(elsewhere)
    [row] = imported(there, work_there, content, ZIP)
    answer = b"From: una@customer.test\r\nSubject: Re: Help\r\nIn-Reply-To: <first@customer.test>\r\n\r\nAnd now?\r\n"
    mail = there.post("/inbound", data=answer).json["uuid"]
    work_there()
    assert there.get(f"/inbound/{mail}").json["case"] == row["result"]["case"]


def test_an_archive_is_kept_until_it_is_imported_and_not_imported_twice(
    app: Flask, api: Api, work: Worker, elsewhere: Flask
) -> None:
    content = archived(api, work, a_case_of_mails(api, work))
    there, work_there = key_of(elsewhere), Worker(elsewhere)
    for created in (True, False):
        [row] = imported(there, work_there, content, ZIP)
        assert row["result"]["created"] is created
    with elsewhere.app_context():
        forget_unused_files()
        assert db.session.scalars(db.select(HeldFile)).all() == []
        assert [one.size for one in db.session.scalars(db.select(File))] == [len(b"a plan")]


def test_a_case_that_was_purged_meanwhile_is_not_exported(api: Api, work: Worker) -> None:
    uuid = api.opened(UNA)["uuid"]
    job = api.post(f"/cases/{uuid}/export").json
    api.post(f"/cases/{uuid}/trash")
    api.post(f"/cases/{uuid}/purge")
    work()
    found = api.get(f"/jobs/{job['uuid']}").json
    assert (found["status"], found["error"]["code"]) == ("failed", "not_found")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("plan.pdf", "attachments/0001-plan.pdf"),
        ("../../etc/passwd", "attachments/0001-.._.._etc_passwd"),
        ("C:\\con\x00.txt", "attachments/0001-C_con_.txt"),
        ("x" * 300 + ".pdf", f"attachments/0001-{'x' * 56}.pdf"),
    ],
)
def test_a_name_in_an_archive_is_no_path(name: str, safe: str) -> None:
    assert safe_name(1, name) == safe


def packed(members: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_another_end(*, large: bool) -> bytes:
    """An archive with a second list of members, of which its first end says nothing."""
    whole = packed({"case.json": CASE})
    member = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    members, start = member * 100_000, len(whole)
    if not large:  # where it says what comes behind is taken for the beginning of the end itself
        hidden = struct.pack("<4s4H4s4sH", b"PK\5\6", 0, 0, 1, 1, len(members).to_bytes(4, "little"), b"PK\5\6", 0)
        return whole + members + hidden
    end = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 100_000, 100_000, len(members), start)
    found = struct.pack("<4sIQI", b"PK\6\7", 0, start + len(members), 1)
    return whole + members + end + found + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, 100, 0, 0)


LINE = {"external_id": "desk-1", "creator": {"email": UNA}, "subject": "Hi", "created_at": "2020-02-03T10:00:00Z"}
CASE = json.dumps({**LINE, "messages": []}).encode()
EVIL = {
    "no archive": b"PK",
    "no case": packed({"messages.mbox": b""}),
    "a bomb": packed({"case.json": CASE, "attachments/zeros": bytes(30_000_000)}),
    "a bomb of a case": packed({"case.json": CASE + b" " * 30_000_000}),
    "many members": packed({"case.json": CASE, **{f"attachments/{number}": b"" for number in range(10_001)}}),
    "too much": packed({"case.json": CASE, "messages.mbox": b""}).replace(b"messages.mbox", b"messages.exe"),
    "a path": packed({"case.json": CASE, "attachments/../../x": b""}),
    "the parent": packed({"case.json": CASE, "attachments/..": b""}),
    "a path from the root": packed({"case.json": CASE, "/etc/passwd": b""}),
    "another packing": packed({"case.json": CASE}, zipfile.ZIP_BZIP2),
    "a wrong case": packed({"case.json": json.dumps({**LINE, "messages": 1}).encode()}),
    "no JSON": packed({"case.json": b"{"}),
}


@pytest.mark.parametrize("content", EVIL.values(), ids=EVIL)
def test_an_archive_that_no_export_makes_is_refused(api: Api, content: bytes) -> None:
    answer = api.post("/imports/cases", data=content, headers={"Content-Type": ZIP})
    assert answer.status_code in {400, 422}, answer.text
    assert api.get("/jobs").json["items"] == []


@pytest.mark.parametrize("large", [True, False])
def test_a_list_of_members_that_an_archive_hides_is_not_read(large: bool) -> None:
    content = with_another_end(large=large)
    tracemalloc.start()
    try:
        with pytest.raises(Invalid), archive_in(io.BytesIO(content)):
            pass
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_an_archive_that_was_damaged_on_its_way_is_refused_or_imported(app: Flask, api: Api, work: Worker) -> None:
    whole = packed({"case.json": CASE, "messages.mbox": b"From x\n\nHi\n\n", "attachments/0001-a": b"abc" * 100})
    chance = random.Random(7)
    for _ in range(150):
        content = bytearray(whole)
        for _ in range(3):
            content[chance.randrange(len(content))] = chance.randrange(256)
        answer = api.post("/imports/cases", data=bytes(content), headers={"Content-Type": ZIP})
        assert answer.status_code in {202, 400, 422}, answer.text
    work()
    assert {job["status"] for job in api.get("/jobs", query_string={"limit": 200}).json["items"]} <= {"done"}

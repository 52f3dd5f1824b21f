"""How large files may be by Deskie's dialect, and how many may be fetched: of cases, messages and notes alike."""

import io
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.api.deskie.client import Deskie
from tests.cast import UNA
from tests.files.web import Web

MEGABYTE = 1024 * 1024
FILES = "http://files.test"
each_kind = pytest.mark.parametrize("kind", ["case", "message", "note"])


@pytest.fixture
def paths(deskie: Deskie) -> dict[str, str]:
    """Where a case, a message and a note are sent to."""
    case = f"/cases/{deskie.opened(UNA)['case_id']}"
    return {"case": "/cases.json", "message": f"{case}/messages.json", "note": f"{case}/note.json"}


def said(kind: str) -> dict[str, Any]:
    return {"content": "See the files."} | ({"user_email": UNA, "subject": "Help"} if kind == "case" else {})


def with_files(deskie: Deskie, path: str, kind: str, *sizes: int) -> TestResponse:
    """Send a form with files of so many bytes."""
    form: dict[str, Any] = {f"{kind}[{name}]": value for name, value in said(kind).items()}
    for number, size in enumerate(sizes):
        form[f"{kind}[attachments][{number}]"] = FileStorage(io.BytesIO(b"x" * size), f"{number}.txt")
    # Encoded here, since the client leaves large ones in files that it does not close.
    boundary, body = encode_multipart(form)
    return deskie.post(path, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


@each_kind
def test_a_file_has_up_to_25_megabytes_and_all_together_50(deskie: Deskie, paths: dict[str, str], kind: str) -> None:
    assert with_files(deskie, paths[kind], kind, 25 * MEGABYTE, 25 * MEGABYTE).status_code == 201
    for limit, sizes in (("25 MB", [25 * MEGABYTE + 1]), ("50 MB", [17 * MEGABYTE] * 3)):
        refused = with_files(deskie, paths[kind], kind, *sizes)
        assert (refused.status_code, refused.json["error"]) == (413, "too_large")
        assert limit in refused.json["detail"]


@each_kind
def test_what_is_fetched_is_measured_in_the_same_way(
    deskie: Deskie, paths: dict[str, str], web: Web, kind: str
) -> None:
    web.answers |= {
        f"/{size}": (200, {"Content-Type": "text/plain"}, [b"x" * MEGABYTE] * size) for size in (17, 25, 26)
    }
    for sizes, status in (([25, 25], 201), ([26], 422), ([17, 17, 17], 413)):
        urls = [f"{FILES}/{size}" for size in sizes]
        answer = deskie.post(paths[kind], {kind: {**said(kind), "attachment_urls": urls}})
        assert answer.status_code == status, answer.text


@pytest.mark.parametrize("kind", ["message", "note"])
def test_files_are_fetched_from_addresses(deskie: Deskie, paths: dict[str, str], web: Web, kind: str) -> None:
    urls = [f"{FILES}/548899/{name}.pdf" for name in ("contract", "invoice")]
    web.answers |= {url.removeprefix(FILES): (200, {"Content-Type": "application/pdf"}, [b"%PDF"]) for url in urls}
    for given, names in ((urls, ["contract.pdf", "invoice.pdf"]), (urls[0], ["contract.pdf"])):
        answer = deskie.post(paths[kind], {kind: {**said(kind), "attachment_urls": given}})
        assert [one["file_name"] for one in answer.json["message"]["attachments"]] == names


@each_kind
def test_up_to_ten_are_fetched_and_none_from_within(deskie: Deskie, paths: dict[str, str], kind: str) -> None:
    for urls in ([f"{FILES}/{number}" for number in range(11)], ["http://127.0.0.1/"], ["ftp://files.test/a"]):
        answer = deskie.post(paths[kind], {kind: {**said(kind), "attachment_urls": urls}})
        assert (answer.status_code, answer.json["error"]) == (422, "wrong_attachment_urls")

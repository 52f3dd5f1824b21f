"""Versions of a case on Kayako's wire: what the caller has is not sent again, and what he does not know not changed."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest
import time_machine

from app.clock import now
from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import Cast
from tests.conftest import on_both

LONG_AGO = "Sat, 01 Jan 2000 00:00:00 GMT"


@pytest.fixture
def case(kayako: Kayako, cast: Cast) -> str:
    """The address of a case that was opened a while ago."""
    with time_machine.travel(now() - timedelta(minutes=5)):
        return f"/cases/{kayako.opened(requester_id=cast.una.id)['id']}"


@on_both
def test_a_case_that_the_caller_has_is_not_sent_again(kayako: Kayako, case: str) -> None:
    first = kayako.get(case)
    version, changed = first.headers["ETag"], first.headers["Last-Modified"]
    assert parsedate_to_datetime(changed) == datetime.fromisoformat(first.json["data"]["updated_at"]).astimezone(UTC)
    for known in (version, f'"other", {version}', f"W/{version}", "*"):
        again = kayako.get(case, headers={"If-None-Match": known})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", version), known
    assert kayako.get(case, headers={"If-Modified-Since": changed}).status_code == 304
    assert kayako.get(case, headers={"If-Modified-Since": LONG_AGO}).status_code == 200
    both = {"If-None-Match": '"other"', "If-Modified-Since": changed}
    assert kayako.get(case, headers=both).status_code == 200


@on_both
def test_a_case_that_has_changed_is_sent_again(kayako: Kayako, case: str) -> None:
    first = kayako.get(case).headers
    kayako.put(case, {"subject": "Another one"})
    for header, known in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
        answer = kayako.get(case, headers={header: known})
        assert (answer.status_code, answer.json["data"]["subject"]) == (200, "Another one")


@on_both
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_case_that_the_caller_does_not_know_is_not_changed(kayako: Kayako, case: str, method: str) -> None:
    first = kayako.get(case).headers
    before = format_datetime(parsedate_to_datetime(first["Last-Modified"]) - timedelta(seconds=1), usegmt=True)
    for header, known in (("If-Match", '"other"'), ("If-Unmodified-Since", before), ("If-Unmodified-Since", LONG_AGO)):
        answer = kayako.call(method, case, json={"subject": "x"}, headers={header: known})
        assert (answer.status_code, answer.json["errors"][0]["code"]) == (412, "RESOURCE_MODIFIED")
    assert kayako.get(case).headers["ETag"] == first["ETag"]
    for header in ("If-Match", "If-Unmodified-Since"):
        known = kayako.get(case).headers[{"If-Match": "ETag"}.get(header, "Last-Modified")]
        assert kayako.call(method, case, json={"subject": header}, headers={header: known}).status_code == 200
    assert kayako.call(method, case, json={"subject": "x"}, headers={"If-Match": first["ETag"]}).status_code == 412
    unchanged = {"If-Unmodified-Since": first["Last-Modified"]}
    assert kayako.call(method, case, json={"subject": "x"}, headers=unchanged).status_code == 412
    assert kayako.call(method, case, json={"subject": "x"}, headers={"If-Match": "*"}).status_code == 200


def test_a_change_answers_the_version_that_it_made(kayako: Kayako, case: str) -> None:
    made = kayako.put(case, {"subject": "Another one"})
    assert made.headers["ETag"] == kayako.get(case).headers["ETag"]
    opened = kayako.post("/cases", {"subject": "x", "contents": "y"})
    where = opened.headers["Content-Location"].partition("/api/v1")[2]
    assert kayako.get(where).headers["ETag"] == opened.headers["ETag"]


def test_a_version_is_that_of_a_case_and_not_of_what_it_names(kayako: Kayako, case: str) -> None:
    plain = kayako.get(case).headers["ETag"]
    assert kayako.get(f"{case}?include=*").headers["ETag"] == plain
    assert kayako.get(f"{case}?fields=subject&_flat=true").headers["ETag"] == plain
    page = {"X-Requested-With": "XMLHttpRequest"}
    assert (
        kayako.get(f"{case}?include=user", headers=page).headers["ETag"]
        != kayako.get(case, headers=page).headers["ETag"]
    )


def test_a_caller_who_knows_its_tags_says_so_when_he_changes_it(kayako: Kayako, case: str) -> None:
    tagged = f"{case}?fields=+tags"
    known = {"If-Match": kayako.get(tagged).headers["ETag"]}
    kayako.put(f"{case}/tags", {"tags": "late"})
    assert kayako.put(tagged, {"subject": "x"}, headers=known).status_code == 412
    known = {"If-Match": kayako.get(tagged).headers["ETag"]}
    assert kayako.put(tagged, {"subject": "x"}, headers=known).status_code == 200


def test_a_list_has_a_version_too(kayako: Kayako, case: str) -> None:
    first = kayako.get("/cases")
    assert kayako.get("/cases", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    kayako.opened()
    assert kayako.get("/cases", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_version_changes_with_the_zone_in_which_its_moments_are_told(kayako: Kayako, case: str, api: Api) -> None:
    first = kayako.get(case)
    api.post("/config", {"timeZone": "Asia/Karachi"})
    again = kayako.get(case, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert (first.json["data"]["created_at"][-6:], again.json["data"]["created_at"][-6:]) == ("+00:00", "+05:00")


@pytest.mark.parametrize(("path", "said"), [("/reply", {"contents": "Yes."}), ("/notes", {"contents": "Hm."})])
def test_what_is_done_to_a_case_asks_for_the_version_of_the_case(
    kayako: Kayako, case: str, path: str, said: dict[str, str]
) -> None:
    known = {"If-Match": kayako.get(case).headers["ETag"]}
    assert kayako.post(case + path, said, headers=known).status_code == 201
    kayako.put(case, {"subject": "Another one"})
    assert kayako.post(case + path, said, headers=known).status_code == 412


def test_what_has_no_version_says_so(kayako: Kayako, case: str) -> None:
    refused = kayako.put("/cases?ids=1", {"status_id": 3}, headers={"If-Match": '"x"'})
    assert refused.status_code == 412
    assert "Nothing here has a version" in refused.text

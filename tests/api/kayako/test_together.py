"""What cases and what is written on them have to do with each other."""

from typing import Any

from tests.api.kayako.client import Kayako
from tests.api.kayako.written import wrote
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both


@on_both
def test_a_case_shows_how_far_its_reader_has_read_it(api: Api, kayako: Kayako, case: Any, posts: str) -> None:
    wrote(api, case, "one", "two", by=UNA)
    assert kayako.get("/cases/1").json["data"]["read_marker"] is None
    second = kayako.get(posts).json["data"][1]["id"]
    kayako.put(f"/cases/posts/{second}", {"post_status": "SEEN"})
    marker = kayako.get("/cases?include=read_marker").json["data"][0]["read_marker"]
    assert (marker["last_read_post_id"], marker["unread_count"]) == (second, 1)
    assert marker["last_read_at"] is not None


@on_both
def test_a_case_shows_that_its_last_message_was_seen(
    api: Api, kayako: Kayako, case: Any, posts: str, work: Worker
) -> None:
    wrote(api, case, "one")
    work()
    assert kayako.get("/cases/1").json["data"]["last_post_status"] == "SENT"
    kayako.put(f"/cases/posts/{kayako.get(posts).json['data'][0]['id']}", {"post_status": "SEEN"})
    assert kayako.get("/cases/1").json["data"]["last_post_status"] == "SEEN"


def test_a_case_is_opened_with_files_that_came_before(kayako: Kayako, cast: Cast) -> None:
    file = kayako.call("POST", "/files?_filename=bill.pdf", data=b"%PDF").json["data"]["id"]
    case = kayako.opened(requester_id=cast.una.id, attachment_file_ids=file, client_id="c-1")
    [post] = kayako.get(f"/cases/{case['id']}/posts?include=attachment").json["data"]
    assert ([one["name"] for one in post["attachments"]], post["client_id"]) == (["bill.pdf"], "c-1")
    assert kayako.get("/cases/1").json["data"]["has_attachments"] is True


def test_many_cases_are_opened_with_files_that_came_before(kayako: Kayako, cast: Cast, work: Worker) -> None:
    file = kayako.call("POST", "/files?_filename=bill.pdf", data=b"%PDF").json["data"]["id"]
    said = {"subject": "Old", "contents": "Burnt.", "requester_id": cast.una.id, "attachment_file_ids": str(file)}
    assert kayako.post("/bulk/cases", {"cases": [said]}).status_code == 202
    work()
    [case] = kayako.get("/cases").json["data"]
    [post] = kayako.get(f"/cases/{case['id']}/posts?include=attachment").json["data"]
    assert [one["name"] for one in post["attachments"]] == ["bill.pdf"]

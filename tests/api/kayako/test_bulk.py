"""Opening many cases at once on Kayako's wire, and what the job tells."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.kayako.client import Kayako
from tests.api.kayako.test_cases import wrong
from tests.cast import UNA, Cast
from tests.conftest import on_both
from tests.sandbox import Outside

OPENED, ANSWERED = "2015-07-30T06:45:25+05:00", "2015-07-30T08:00:00+05:00"
FAULTY = {"subject": "Sample", "contents": "", "requester_id": 777}


def ordered(kayako: Kayako, work: Callable[[], None], cases: list[Any], query: str = "") -> Any:
    answer = kayako.post(f"/bulk/cases{query}", {"cases": cases})
    assert (answer.status_code, answer.json["resource"]) == (202, "job"), answer.text
    job = answer.json["data"]
    assert (job["status"], job["resource_type"]) == ("PENDING", "bulk_job")
    assert job["resource_url"].endswith(f"/api/v1/jobs/{job['id']}")
    work()
    return kayako.get(f"/jobs/{job['id']}").json["data"]


def sample(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"subject": "Sample", "contents": "Sample Content", "requester_id": cast.una.id, "channel": "MAIL", **more}


@pytest.mark.usefixtures("form")
@on_both
def test_cases_come_with_their_history_and_nobody_hears_of_it(
    kayako: Kayako, cast: Cast, outside: Outside, work: Callable[[], None]
) -> None:
    posts = [
        {"creator_id": cast.ben.id, "contents": "<b>Sample</b> Post", "channel": "MAIL", "created_at": ANSWERED}
        | {"channel_options": {"html": True}},
        {"creator_id": cast.amy.id, "contents": "Not again", "channel": "NOTE", "created_at": ANSWERED},
    ]
    more = {
        "creator_id": cast.una.id,
        "channel_id": 1,
        "channel_options": {"cc": "max@customer.test"},
        "legacy_id": "example_5",
        "status_id": 5,
        "priority_id": 3,
        "type_id": 1,
        "assigned_agent_id": cast.amy.id,
        "form_id": 1,
        "tags": "late,broken",
        "client_id": "abc",
        "created_at": OPENED,
        "updated_at": "2015-07-31T06:45:25+05:00",
        "posts": posts,
    }
    job = ordered(kayako, work, [sample(cast, **more), sample(cast)])
    assert (job["status"], job["total"], job["done"], job["rejected"], job["errors"]) == ("COMPLETED", 2, 2, [], [])
    first, second = (kayako.get(f"/cases/{one['id']}?fields=+tags").json["data"] for one in job["cases"])
    assert (first["created_at"], first["updated_at"]) == ("2015-07-30T01:45:25+00:00", "2015-07-31T01:45:25+00:00")
    assert (first["last_replied_at"], first["last_replier"]["id"]) == ("2015-07-30T03:00:00+00:00", cast.ben.id)
    assert first["last_reply_by_requester_at"] == first["created_at"]
    assert (first["post_count"], first["has_notes"], first["legacy_id"]) == (3, True, "example_5")
    assert (first["status"]["id"], first["priority"]["id"], first["type"]["id"]) == (5, 3, 1)
    assert (first["requester"]["id"], first["assigned_agent"]["id"]) == (cast.una.id, cast.amy.id)
    assert (len(first["tags"]), first["last_closed_at"] is not None) == (2, True)
    assert (second["creator"]["id"], second["status"]["id"]) == (cast.ben.id, 1)
    assert [outside.inbox(one) for one in (UNA, "max@customer.test", cast.amy.email)] == [[], [], []]


@on_both
def test_where_one_is_refused_none_is_opened(kayako: Kayako, cast: Cast, work: Callable[[], None]) -> None:
    kayako.opened(legacy_id="taken")
    cases = [sample(cast), FAULTY, sample(cast, legacy_id="taken"), sample(cast, requester_id=777)]
    job = ordered(kayako, work, cases)
    assert (job["status"], job["done"], job["cases"]) == ("FAILED", 0, [])
    assert {one["parameter"] for one in job["errors"]} == {
        "cases.1.contents",
        "cases.2.legacy_id",
        "cases.3.requester_id",
    }
    assert kayako.get("/cases").json["total_count"] == 1


@pytest.mark.parametrize(
    ("post", "parameter"),
    [
        ({"channel": "NOTE", "creator_id": "{una}"}, "posts.1.creator_id"),
        ({"creator_id": 777}, "posts.1.creator_id"),
        ({"attachment_file_ids": "777"}, "posts.1.attachment_file_ids"),
        ({"contents": ""}, "posts.1.contents"),
    ],
)
def test_what_is_wrong_with_a_post_is_named_by_its_place_among_the_posts(
    kayako: Kayako, cast: Cast, work: Callable[[], None], post: dict[str, Any], parameter: str
) -> None:
    told = {name: cast.una.id if one == "{una}" else one for name, one in post.items()}
    case = sample(cast, posts=[{"contents": "Right"}, {"contents": "Wrong", **told}])
    job = ordered(kayako, work, [sample(cast), case])
    assert [one["parameter"] for one in job["errors"]] == [f"cases.1.{parameter}"]
    job = ordered(kayako, work, [sample(cast), case], "?partial_import=true")
    assert [one["parameter"] for one in job["rejected"][0]["errors"]] == [parameter]


def test_what_is_wrong_with_what_opens_a_case_is_named_as_the_case_names_it(
    kayako: Kayako, cast: Cast, work: Callable[[], None]
) -> None:
    job = ordered(kayako, work, [sample(cast, channel="NOTE", creator_id=cast.una.id)])
    assert [one["parameter"] for one in job["errors"]] == ["cases.0.creator_id"]


@on_both
def test_what_is_right_is_opened_where_some_will_do(kayako: Kayako, cast: Cast, work: Callable[[], None]) -> None:
    cases = [
        FAULTY,
        *(sample(cast, legacy_id=f"example_{one}") for one in range(44)),
        sample(cast, legacy_id="example_1"),
    ]
    job = ordered(kayako, work, cases, "?partial_import=true")
    assert (job["status"], job["done"], len(job["cases"])) == ("COMPLETED", 44, 44)
    assert [one["position"] for one in job["rejected"]] == [0, 45]
    assert job["rejected"][0]["errors"] == [{"parameter": "contents", "detail": "This must not be empty."}]
    assert kayako.get("/cases").json["total_count"] == 44


@pytest.mark.parametrize("cases", [[], ["x"], "x", [{}] * 201])
def test_there_must_be_some_cases_and_not_too_many(kayako: Kayako, cases: Any) -> None:
    status, code, parameter = wrong(kayako.post("/bulk/cases", {"cases": cases}))
    assert (status, code, str(parameter).partition(".")[0]) == (400, "FIELD_INVALID", "cases")


def test_jobs_are_listed_from_the_newest_back(kayako: Kayako, cast: Cast) -> None:
    numbers = [kayako.post("/bulk/cases", {"cases": [sample(cast)]}).json["data"]["id"] for _ in range(3)]
    page = kayako.get("/jobs?limit=2").json
    assert ([one["id"] for one in page["data"]], page["total_count"]) == (numbers[:0:-1], 3)
    assert [one["id"] for one in kayako.get("/jobs?offset=2").json["data"]] == numbers[:1]
    assert kayako.get("/jobs/777").status_code == 404

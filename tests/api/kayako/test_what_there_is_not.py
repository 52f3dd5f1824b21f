"""What Kayako has and Casey has not, as docs/api/kayako.md tells it. Each is refused in the vendor's own words."""

from collections.abc import Callable

import pytest

from tests.api.kayako.client import Kayako

# Of resources that there are, another way to ask for them.
ACTIONS = [
    "GET /cases/1/side-conversations",
    "GET /cases/1/fields",
    "GET /cases/1/metrics",
    "PUT /cases/fields/reorder",
    "PUT /cases/forms/reorder",
    "GET /users/1/tags",
    "GET /users/1/posts",
    "GET /users/1/activities",
    "GET /users/1/avatar",
    "GET /organizations/1/tags",
    "GET /triggers/channels",
    "GET /triggers/definitions",
    "PUT /triggers/reorder",
    "GET /oauth/token/authorize",
    "GET /oauth/clients",
    "GET /oauth/my_grants",
]
RESOURCES = [
    "GET /insights/cases/metrics",
    "GET /insights/cases/csat",
    "GET /insights/cases/completed",
    "GET /insights/cases/response",
    "GET /insights/cases/resolution",
    "GET /locale/fields",
    "GET /settings",
    "GET /plan",
    "GET /account",
    "POST /webhook/4711/incoming",
    "POST /events/tokens",
    "GET /timetracking",
    "GET /notifications",
    "GET /privacy",
    "GET /tests",
]


def refused(kayako: Kayako, call: str) -> tuple[int, str]:
    method, path = call.split()
    answer = kayako.client.open(f"/api/v1{path}", method=method, auth=(kayako.email, kayako.key), json={})
    return answer.status_code, answer.json["errors"][0]["code"]


@pytest.mark.parametrize("call", ACTIONS)
def test_an_action_that_casey_has_not_is_not_available(user: Callable[[str], Kayako], call: str) -> None:
    assert refused(user("olga"), call) == (400, "RESOURCE_ACTION_NOT_AVAILABLE")


@pytest.mark.parametrize("call", RESOURCES)
def test_a_resource_that_casey_has_not_is_not_found(kayako: Kayako, call: str) -> None:
    assert refused(kayako, call) == (404, "RESOURCE_NOT_FOUND")


def test_lists_are_not_read_by_dates(kayako: Kayako) -> None:
    """``since`` and ``until`` are left alone, as whatever is not known."""
    kayako.opened()
    assert kayako.get("/cases?since=2099-01-01T00:00:00Z").json["total_count"] == 1


def test_an_answer_has_no_logs(kayako: Kayako) -> None:
    assert not {"logs", "notifications"} & kayako.get("/cases").json.keys()

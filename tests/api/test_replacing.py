"""Another member, or another team, answers for what is not done yet."""

from typing import Any

from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker
from tests.privacy.calls import called


def test_another_member_answers_for_the_open_cases(api: Api, cast: Cast, work: Worker) -> None:
    undone, done = (api.opened(UNA)["uuid"] for _ in range(2))
    for case in (undone, done):
        api.post(f"/cases/{case}/assign", {"person": str(cast.ben.uuid)})
    api.post(f"/cases/{done}/close")
    job = called(api, f"/persons/{cast.ben.uuid}/replace", {"replacement": str(cast.amy.uuid)})
    work()
    assert called(api, f"/jobs/{job['uuid']}")["receipt"] == {"assigned": 1, "left": 0}
    assert [called(api, f"/cases/{one}")["assignee"]["email"] for one in (undone, done)] == [
        cast.amy.email,
        cast.ben.email,
    ]


def test_another_team_answers_for_the_open_cases(api: Api, work: Worker) -> None:
    sales, shop = (called(api, "/teams", {"name": name})["uuid"] for name in ("Sales", "Shop"))
    case = api.opened(UNA)["uuid"]
    api.post(f"/cases/{case}/assign", {"team": sales})
    called(api, f"/teams/{sales}/replace", {"replacement": shop})
    work()
    assert called(api, f"/cases/{case}")["team"]["name"] == "Shop"


def test_a_replacement_must_be_able_to_replace(api: Api, cast: Cast) -> None:
    team = called(api, "/teams", {"name": "Sales"})["uuid"]
    tries: list[tuple[str, Any]] = [
        (f"/persons/{cast.ben.uuid}/replace", cast.ben.uuid),
        (f"/persons/{cast.ben.uuid}/replace", cast.una.uuid),
        (f"/persons/{cast.ben.uuid}/replace", team),
        (f"/teams/{team}/replace", team),
    ]
    for path, replacement in tries:
        answer = api.post(path, {"replacement": str(replacement)})
        assert (answer.status_code, answer.json["field"]) == (422, "replacement")

"""What customers thought, as an integrator passes it on."""

from typing import Any

import pytest
from flask import Flask

from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both


@pytest.fixture
def case(api: Api) -> str:
    return f"/cases/{api.opened(UNA)['uuid']}"


@pytest.fixture
def message(api: Api, case: str) -> str:
    return f"{case}/messages/{api.post(f'{case}/messages', {'from': BEN, 'message': 'Hi'}).json['uuid']}"


def rated(api: Api, what: str, score: str = "high", by: str = UNA, **more: Any) -> Any:
    return api.post(f"{what}/ratings", {"from": by, "score": score, **more})


@on_both
def test_a_customer_rates_a_case_and_a_message_of_the_team(
    app: Flask, api: Api, cast: Cast, case: str, message: str
) -> None:
    of_case, of_message = rated(api, case, comment="Quick!").json, rated(api, message, "low").json
    assert (of_case["score"], of_case["comment"], of_case["message"], of_case["rated"]) == (
        "high",
        "Quick!",
        None,
        None,
    )
    assert (of_message["score"], of_message["message"]) == ("low", message.rpartition("/")[2])
    assert (of_message["person"]["email"], of_message["rated"]["email"]) == (UNA, BEN)
    assert api.get(case).json["ratings"] == [of_case, of_message]
    with app.app_context():
        assert [(name, new["score"], by) for name, _, new, by in happened("case_rated", "message_rated")] == [
            ("case_rated", "high", cast.una.id),
            ("message_rated", "low", cast.una.id),
        ]


@on_both
def test_rating_again_replaces_what_was_said_and_saying_the_same_changes_nothing(
    app: Flask, api: Api, case: str
) -> None:
    rated(api, case, "low", comment="Slow.")
    again, same = (rated(api, case, "middle").json for _ in range(2))
    assert api.get(case).json["ratings"] == [again] == [same]
    with app.app_context():
        assert [old for _, old, _, _ in happened("case_rated")] == [None, {"score": "low", "comment": "Slow."}]


def test_nobody_but_the_customers_of_a_case_rates_it(api: Api, case: str, message: str) -> None:
    api.opened("eve@stranger.test")
    for who in (BEN, "eve@stranger.test", "nobody@customer.test"):
        for what in (case, message):
            answer = rated(api, what, by=who)
            assert (answer.status_code, answer.json["field"]) == (422, "from"), who
    api.post(f"{case}/participants", {"email": "eve@stranger.test"})
    assert rated(api, case, by="eve@stranger.test").status_code == 201


def test_only_a_message_of_the_team_is_rated(api: Api, case: str) -> None:
    [own] = api.get(case).json["messages"]
    assert rated(api, f"{case}/messages/{own['uuid']}").status_code == 409
    note = api.post(f"{case}/notes", {"from": BEN, "note": "Hi"}).json["uuid"]
    assert rated(api, f"{case}/messages/{note}").status_code == 404


@pytest.mark.parametrize(("said", "field"), [({"score": "good"}, "score"), ({"comment": "c" * 10_001}, "comment")])
def test_a_score_that_is_none_and_an_endless_comment_are_refused(
    api: Api, case: str, said: dict[str, str], field: str
) -> None:
    answer = api.post(f"{case}/ratings", {"from": UNA, "score": "high", **said})
    assert (answer.status_code, answer.json["field"]) == (422, field)

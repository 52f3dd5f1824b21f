"""What cases have to do with each other, said once and seen from both."""

from typing import Any

import pytest
from flask import Flask

from tests.api.bad_requests import UNKNOWN
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import UNA, Cast
from tests.conftest import on_both


@pytest.fixture
def one(api: Api) -> str:
    return str(api.opened(UNA, "One")["uuid"])


@pytest.fixture
def other(api: Api) -> str:
    return str(api.opened(UNA, "Other")["uuid"])


def linked(api: Api, case: str, to: str, kind: str) -> Any:
    return api.post(f"/cases/{case}/links", {"case": to, "kind": kind})


def seen(api: Api, case: str) -> list[tuple[str, str]]:
    return [(link["subject"], link["kind"]) for link in api.get(f"/cases/{case}").json["links"]]


@on_both
@pytest.mark.parametrize(
    ("kind", "from_there"), [("related", "related"), ("duplicate", "duplicated_by"), ("blocks", "blocked_by")]
)
def test_a_link_is_seen_from_both_cases(
    app: Flask, api: Api, cast: Cast, one: str, other: str, kind: str, from_there: str
) -> None:
    assert [linked(api, one, other, kind).status_code for _ in range(2)] == [200, 200]
    assert (seen(api, one), seen(api, other)) == ([("Other", kind)], [("One", from_there)])
    with app.app_context():
        assert [(new["kind"], by) for _, _, new, by in happened("case_linked")] == [
            (kind, cast.olga.id),
            (from_there, cast.olga.id),
        ]


def test_two_cases_have_one_link(api: Api, one: str, other: str) -> None:
    for case, to, kind in ((one, other, "related"), (one, other, "blocks"), (other, one, "duplicate")):
        linked(api, case, to, kind)
    assert (seen(api, one), seen(api, other)) == ([("Other", "duplicated_by")], [("One", "duplicate")])


@on_both
def test_a_link_is_taken_back_from_either_side(api: Api, one: str, other: str) -> None:
    for case, to in ((one, other), (other, one)):
        linked(api, one, other, "blocks")
        assert api.delete(f"/cases/{case}/links/{to}").json["links"] == []
        assert api.delete(f"/cases/{case}/links/{to}").status_code == 404


def test_a_case_is_not_linked_to_itself_nor_to_none(api: Api, one: str) -> None:
    for to in (one, UNKNOWN, "x", None):
        answer = api.post(f"/cases/{one}/links", {"case": to, "kind": "related"})
        assert (answer.status_code, answer.json["field"]) == (422, "case")

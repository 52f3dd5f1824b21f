"""Groups by Deskie's dialect: made, seen, changed, disabled, deleted; and who answers for their cases then."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.conftest import Worker, on_both

SALES = {"group_title": "Sales", "group_from_name": "Our sales", "group_signature": "Yours, sales"}
TAKEN = {"group": {"group_title": "Taken"}}


@pytest.fixture
def olga(staff: Callable[[str], Deskie]) -> Deskie:
    """The API for olga, who owns the place."""
    return staff("olga")


def made(olga: Deskie, title: str = "Sales") -> Any:
    answer = olga.post("/groups.json", {"group": SALES | {"group_title": title}})
    assert answer.status_code == 201, answer.text
    return answer.json["group"]


def replaced_by(group: Any) -> Any:
    return {"group": {"replace_group_id": group["group_id"]}}


def test_a_group_is_made_shown_and_changed(olga: Deskie, api: Api) -> None:
    group = made(olga)
    assert group.keys() == {"group_id", *SALES, "active", "created_at", "updated_at"}
    assert {name: group[name] for name in SALES} == SALES
    assert group["active"] is True
    path = f"/groups/{group['group_id']}.json"
    assert olga.get(path).json["group"] == group
    said = {"group_title": "Shop", "group_from_name": None, "group_signature": ""}
    changed = olga.put(path, {"group": said}).json["group"]
    assert {name: changed[name] for name in SALES} == {name: value or "" for name, value in said.items()}
    assert [one["name"] for one in api.get("/teams").json["items"]] == ["Shop"]


def test_a_group_needs_no_more_than_a_title(olga: Deskie) -> None:
    group = olga.post("/groups.json", {"group": {"group_title": "Sales"}}).json["group"]
    assert (group["group_from_name"], group["group_signature"]) == ("", "")


def test_the_list_is_read_page_by_page(olga: Deskie) -> None:
    groups = [made(olga, title) for title in ("A", "B", "C")]
    assert olga.get("/groups.json").json == {
        **{str(number): {"group": group} for number, group in enumerate(groups)},
        "total_count": 3,
    }
    assert olga.get("/groups.json?page=2&limit=2").json == {"0": {"group": groups[2]}, "total_count": 3}


@pytest.mark.parametrize(
    ("said", "status", "error"),
    [
        ({}, 422, "empty_group_title"),
        ({"group_title": "  "}, 422, "empty_group_title"),
        ({"group_title": "Sales\nBcc: eve"}, 422, "wrong_group_title"),
        ({"group_title": "Sales", "group_from_name": "a\nb"}, 422, "wrong_group_from_name"),
        ({"group_title": "Taken"}, 409, "conflict"),
    ],
)
def test_what_is_wrong_is_named(olga: Deskie, said: Any, status: int, error: str) -> None:
    made(olga, "Taken")
    answer = olga.post("/groups.json", {"group": said})
    assert (answer.status_code, answer.json["error"]) == (status, error)


def test_a_title_that_is_taken_is_named_as_on_the_wire(olga: Deskie) -> None:
    made(olga, "Taken")
    path = f"/groups/{made(olga)['group_id']}.json"
    for answer in (olga.post("/groups.json", TAKEN), olga.put(path, TAKEN)):
        assert answer.json["detail"] == "group_title: Another team has the name Taken already."


def test_a_group_that_there_is_not_is_not_found(olga: Deskie) -> None:
    for answer in (olga.get("/groups/9999.json"), olga.put("/groups/9999/enable.json")):
        assert (answer.status_code, answer.json["error"]) == (404, "group_not_found")


def group_of(olga: Deskie, case: int) -> Any:
    return olga.get(f"/cases/{case}.json").json["case"]["group_id"]


@on_both
def test_the_open_cases_of_a_disabled_group_are_anothers(olga: Deskie, work: Worker) -> None:
    sales, shop = made(olga), made(olga, "Shop")
    undone, done = (olga.opened(group_id=sales["group_id"])["case_id"] for _ in range(2))
    olga.put(f"/cases/{done}.json", {"case": {"status": "closed"}})
    path = f"/groups/{sales['group_id']}"
    assert olga.put(f"{path}/disable.json", replaced_by(shop)).json["group"]["active"] is False
    work()
    assert (group_of(olga, undone), group_of(olga, done)) == (shop["group_id"], sales["group_id"])
    assert olga.put(f"{path}/enable.json").json["group"]["active"] is True


@on_both
def test_a_deleted_group_is_gone_and_its_title_is_free(olga: Deskie, work: Worker, api: Api) -> None:
    sales, shop = made(olga, "S" * 200), made(olga, "Shop")
    case = olga.opened(group_id=sales["group_id"])["case_id"]
    path = f"/groups/{sales['group_id']}.json"
    assert olga.delete(path, json=replaced_by(shop)).status_code == 200
    work()
    assert group_of(olga, case) == shop["group_id"]
    assert olga.get(path).json["error"] == "group_not_found"
    assert olga.get("/groups.json").json["total_count"] == 1
    assert made(olga, "S" * 200)["group_id"] != sales["group_id"]
    assert api.get("/audit?name=team_deleted").json["items"][0]["old"]["name"] == "S" * 200


@pytest.mark.parametrize("other", ["itself", "a disabled one", "an unknown one", "none"])
def test_a_replacement_must_be_in_use(olga: Deskie, other: str) -> None:
    sales, shop, spare = made(olga), made(olga, "Shop"), made(olga, "Spare")
    olga.put(f"/groups/{shop['group_id']}/disable.json", replaced_by(spare))
    numbers = {"itself": sales["group_id"], "a disabled one": shop["group_id"], "an unknown one": 9999}
    said = {"replace_group_id": numbers[other]} if other in numbers else {}
    path, error = f"/groups/{sales['group_id']}", "wrong_replace_group_id" if said else "empty_replace_group_id"
    for answer in (
        olga.put(f"{path}/disable.json", {"group": said}),
        olga.delete(f"{path}.json", json={"group": said}),
    ):
        assert (answer.status_code, answer.json["error"]) == (422, error)

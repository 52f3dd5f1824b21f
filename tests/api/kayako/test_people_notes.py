"""What is noted of users and organizations by Kayako's dialect."""

from collections.abc import Callable

import pytest

from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import Cast

User = Callable[[str], Kayako]


@pytest.fixture
def olga(user: User) -> Kayako:
    return user("olga")


@pytest.mark.parametrize("plural", ["users", "organizations"])
def test_what_is_noted_stands_below_what_was_noted(olga: Kayako, cast: Cast, plural: str) -> None:
    owner = cast.una.id if plural == "users" else olga.post("/organizations", {"name": "Shop"}).json["data"]["id"]
    path = f"/{plural}/{owner}/notes"
    assert olga.get(path).json["total_count"] == 0
    first = olga.post(path, {"contents": "Pays late."})
    assert (first.status_code, first.json["data"]["body_text"]) == (201, "Pays late.")
    note = olga.post(path, {"body_text": "Is kind."}).json
    assert (note["resource"], note["data"]["resource_type"]) == ("note", "note")
    assert note["data"]["body_text"] == "Pays late.\n\nIs kind."
    assert note["data"]["resource_url"].endswith(f"/api/v1{path}/{owner}")
    assert olga.get(path).json["data"] == [note["data"]]
    assert olga.put(f"{path}/{owner}", {"contents": "Pays in time."}).json["data"]["body_text"] == "Pays in time."
    assert olga.put(f"{path}/{owner}", {"is_pinned": True}).json["data"]["is_pinned"] is False
    assert olga.get(f"{path}/{owner}").json["data"]["body_text"] == "Pays in time."
    assert olga.get(f"{path}/999").status_code == 404
    for said, code in (
        ({"contents": ""}, "FIELD_EMPTY"),
        ({"contents": "x" * 19_990}, "FIELD_INVALID"),
    ):
        [error] = olga.post(path, said).json["errors"]
        assert (error["code"], error["parameter"]) == (code, "contents")
    [error] = olga.post(path, {}).json["errors"]
    assert (error["code"], error["parameters"]) == ("ANY_FIELD_REQUIRED", ["contents", "body_text"])


def test_it_is_the_note_of_the_native_api(olga: Kayako, cast: Cast, api: Api) -> None:
    olga.post(f"/users/{cast.una.id}/notes", {"contents": "VIP"})
    assert api.get(f"/persons/{cast.una.uuid}").json["note"] == "VIP"

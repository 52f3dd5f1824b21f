"""Teams over HTTP."""

from flask import Flask

from tests.api_client import Api
from tests.cast import Cast
from tests.queries import queries


def test_a_team_is_made_changed_shown_and_listed(api: Api, cast: Cast) -> None:
    team = api.post("/teams", {"name": "Support", "external_id": "t-1"})
    assert team.status_code == 201
    path = f"/teams/{team.json['uuid']}"
    changed = api.patch(path, {"name": "Second level", "from_name": "Help desk", "disabled": True}).json
    assert (changed["name"], changed["from_name"], changed["disabled"]) == ("Second level", "Help desk", True)
    assert api.get(path).json == changed
    assert api.get("/teams").json == {"items": [changed], "next": None}
    assert api.patch(path, {"disabled": False}).json["disabled"] is False


def test_members_are_added_and_removed(api: Api, cast: Cast) -> None:
    path = f"/teams/{api.post('/teams', {'name': 'Support'}).json['uuid']}/members"
    for _ in range(2):
        answer = api.post(path, {"person": str(cast.ben.uuid)})
        assert [one["email"] for one in answer.json["members"]] == [cast.ben.email]
    refused = api.post(path, {"person": str(cast.una.uuid)})
    assert (refused.status_code, refused.json["field"]) == (422, "person")
    assert api.post(path, {"person": "01890a5d-ac96-774b-bcce-b302099a8057"}).json["field"] == "person"
    assert api.delete(f"{path}/{cast.ben.uuid}").json["members"] == []
    assert api.delete(f"{path}/01890a5d-ac96-774b-bcce-b302099a8057").status_code == 404


def test_a_name_that_is_taken_is_a_conflict_that_names_its_team(api: Api) -> None:
    first = api.post("/teams", {"name": "Support"}).json["uuid"]
    answer = api.post("/teams", {"name": "Support"})
    assert (answer.status_code, answer.json["field"], answer.json["team"]) == (409, "name", first)


def test_what_is_no_team_is_refused(api: Api) -> None:
    for body, field in (({}, "name"), ({"name": "a\nb"}, "name"), ({"name": "A", "size": 1}, "size")):
        answer = api.post("/teams", body)
        assert (answer.status_code, answer.json["field"]) == (422, field)


def test_the_list_asks_the_same_however_many_there_are(app: Flask, api: Api, cast: Cast) -> None:
    found = []
    for name in ("Support", "Sales", "Press"):
        team = api.post("/teams", {"name": name}).json["uuid"]
        api.post(f"/teams/{team}/members", {"person": str(cast.ben.uuid)})
        with queries(app) as asked:
            api.get("/teams")
        found.append(len(asked))
    assert len(set(found)) == 1

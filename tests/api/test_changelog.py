"""The changelog of a case: what happened, who did it, what was before and what is now."""

from flask import Flask

from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both
from tests.queries import queries


@on_both
def test_the_changelog_tells_what_happened_from_the_opening_on(api: Api, cast: Cast) -> None:
    case = api.opened(UNA)
    path, ben = f"/cases/{case['uuid']}", api.as_(cast.keys["ben"])
    message = api.post(f"{path}/messages", {"from": BEN, "message": "I am on it."}).json["uuid"]
    ben.patch(path, {"priority": "high", "requester": str(cast.amy.uuid), "meta": {"person": 1, "post": 2}})
    ben.post(f"{path}/participants/{cast.una.uuid}/mute")
    found = {one["name"]: one for one in api.get(f"{path}/changelog").json["items"]}
    assert list(found)[:2] == ["participant_joined", "case_opened"]
    told = {name: (one["old"], one["new"]) for name, one in found.items()}
    assert told["message_posted"] == (None, {"post": message, "robot": False})
    assert told["priority_changed"] == ("normal", "high")
    assert told["requester_changed"] == (str(cast.una.uuid), str(cast.amy.uuid))
    assert told["participant_muted"] == (None, str(cast.una.uuid))
    assert told["meta_changed"] == ({}, {"person": 1, "post": 2})
    assert found["priority_changed"]["actor"]["email"] == BEN
    assert found["case_opened"]["actor"]["email"] == UNA


@on_both
def test_the_changelog_is_read_page_by_page_and_of_this_case_alone(api: Api) -> None:
    paths = [f"/cases/{api.opened(UNA)['uuid']}" for _ in range(2)]
    for subject in ("one", "two", "three"):
        for path in paths:
            api.patch(path, {"subject": subject})
    whole = api.get(f"{paths[0]}/changelog?limit=200").json
    found, following = [], ""
    while following is not None:
        page = api.get(f"{paths[0]}/changelog?limit=2{following}").json
        found, following = found + page["items"], page["next"] and f"&cursor={page['next']}"
    assert (found, whole["next"]) == (whole["items"], None)
    assert [one["new"] for one in found if one["name"] == "subject_changed"] == ["one", "two", "three"]


def test_the_changelog_is_made_by_the_same_questions_however_long_it_is(app: Flask, api: Api) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}"
    counts = []
    for number in range(3):
        api.patch(path, {"subject": f"number {number}"})
        with queries(app) as asked:
            api.get(f"{path}/changelog")
        counts.append(len(asked))
    assert len(set(counts)) == 1

"""API keys: shown once, kept as a hash, dead as soon as they are revoked, expired or their person is gone."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from app.cli.first_start import owner_key
from app.clock import now
from app.config import deployed
from app.errors import Forbidden
from app.extensions import db
from app.people.bootstrap import adopt_bootstrap_key
from app.people.credentials import ApiKey, create_key
from app.people.models import Person, Role
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import Cast
from tests.storage import contents

OWN_SECRET = "an-operators-own-secret-of-32-or-more"


def made(api: Api, **given: object) -> dict[str, str]:
    answer = api.post("/api-keys", {"role": "agent", "name": "robot", **given})
    assert answer.status_code == 201, answer.text
    found: dict[str, str] = answer.json
    return found


def change(app: Flask, cast: Cast, how: Callable[[ApiKey, Person], None]) -> None:
    """Do something to ben and his key."""
    with app.app_context(), transaction():
        ben = db.session.get_one(Person, cast.ben.id)
        how(db.session.query(ApiKey).filter_by(person_id=ben.id).one(), ben)


def test_a_key_is_shown_once_and_works(api: Api, cast: Cast) -> None:
    key = made(api, person=str(cast.ben.uuid))
    assert key["key"].startswith("ck_")
    assert api.as_(key["key"]).get("/cases").status_code == 200
    listed = next(one for one in api.get("/api-keys").json["items"] if one["uuid"] == key["uuid"])
    assert "key" not in listed
    assert (listed["name"], listed["role"], listed["person"]["uuid"]) == ("robot", "agent", str(cast.ben.uuid))
    assert listed["last_used_at"]
    assert key["key"] not in api.get("/api-keys").text


def test_nothing_that_is_stored_opens_anything(app: Flask, api: Api) -> None:
    key = made(api)["key"]
    stored = str(contents(app))
    assert key not in stored
    assert key.split("_", 2)[2] not in stored
    with app.app_context():
        for digest in db.session.scalars(db.select(ApiKey.digest)).all():
            assert api.as_(digest).get("/cases").status_code == 401


def test_a_key_needs_no_person(api: Api) -> None:
    key = made(api, person=None, role="collaborator")
    assert key["person"] is None
    assert api.as_(key["key"]).get("/cases").status_code == 200


def test_a_revoked_key_opens_nothing_from_the_next_request_on(api: Api) -> None:
    key = made(api)
    robot = api.as_(key["key"])
    assert robot.get("/cases").status_code == 200
    for _ in range(2):
        assert api.delete(f"/api-keys/{key['uuid']}").json["revoked_at"]
        assert robot.get("/cases").status_code == 401


def test_a_key_may_revoke_itself(api: Api) -> None:
    key = made(api, role="owner")
    robot = api.as_(key["key"])
    assert robot.delete(f"/api-keys/{key['uuid']}").status_code == 200
    assert robot.delete(f"/api-keys/{key['uuid']}").status_code == 401


def test_an_expired_key_opens_nothing(app: Flask, api: Api, cast: Cast) -> None:
    ben = api.as_(cast.keys["ben"])
    change(app, cast, lambda key, _: setattr(key, "expires_at", now() + timedelta(minutes=1)))
    assert ben.get("/cases").status_code == 200
    change(app, cast, lambda key, _: setattr(key, "expires_at", now()))
    assert ben.get("/cases").status_code == 401


@pytest.mark.parametrize("mark", ["disabled_at", "blocked_at", "deleted_at"])
def test_the_key_of_somebody_who_is_gone_opens_nothing(app: Flask, api: Api, cast: Cast, mark: str) -> None:
    change(app, cast, lambda _, ben: setattr(ben, mark, now()))
    assert api.as_(cast.keys["ben"]).get("/cases").status_code == 401


def test_a_key_has_no_more_power_than_its_person(api: Api, cast: Cast) -> None:
    api.patch(f"/persons/{cast.ben.uuid}", {"role": "admin"})
    key = made(api, person=str(cast.ben.uuid), role="admin")["key"]
    api.patch(f"/persons/{cast.ben.uuid}", {"role": "collaborator"})
    assert api.as_(key).get("/config").status_code == 403
    answer = api.post("/api-keys", {"person": str(cast.ben.uuid), "role": "agent", "name": "more"})
    assert (answer.status_code, answer.json["field"]) == (403, "role")


def test_two_keys_of_one_name_are_for_changing_over(api: Api, cast: Cast) -> None:
    first, _ = made(api, person=str(cast.ben.uuid)), made(api, person=str(cast.ben.uuid))
    third = {"person": str(cast.ben.uuid), "role": "agent", "name": "robot"}
    assert api.post("/api-keys", third).status_code == 409
    api.delete(f"/api-keys/{first['uuid']}")
    assert api.post("/api-keys", third).status_code == 201


@pytest.mark.parametrize("where", ["?key={}", "?access_token={}", "?_session_id={}", "?authorization=Bearer%20{}"])
def test_a_key_in_the_address_opens_nothing(api: Api, where: str) -> None:
    assert api.as_(None).get("/cases" + where.format(api.key)).status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic {}", "{}", "Bearer {}x", "Bearer x{}", "Bearer \xff"]
)
def test_only_the_whole_key_after_bearer_opens_anything(api: Api, header: str) -> None:
    answer = api.as_(None).get("/cases", headers={"Authorization": header.format(api.key)})
    assert (answer.status_code, answer.json["code"]) == (401, "unauthorized")


@pytest.mark.parametrize("secret", [OWN_SECRET, "ck_7_" + "x" * 43])
def test_the_bootstrap_key_becomes_the_first_key(app: Flask, secret: str) -> None:
    with app.app_context(), transaction():
        assert adopt_bootstrap_key(secret)
    assert Api(app.test_client(), secret).get("/config").status_code == 200
    assert secret not in str(contents(app))


def test_the_bootstrap_key_is_ignored_once_there_is_a_key(app: Flask, api: Api) -> None:
    with app.app_context(), transaction():
        assert not adopt_bootstrap_key(OWN_SECRET)
    assert api.as_(OWN_SECRET).get("/cases").status_code == 401


def test_a_bootstrap_key_that_can_be_guessed_is_refused(app: Flask) -> None:
    with app.app_context(), transaction(), pytest.raises(Forbidden, match="32 to 200"):
        adopt_bootstrap_key("secret")


@pytest.mark.settings(CASEY_BOOTSTRAP_KEY=OWN_SECRET)
def test_the_first_start_takes_the_bootstrap_key_and_a_revoked_one_stays_dead(app: Flask) -> None:
    with app.app_context():
        where = deployed()
    assert owner_key(app, where) is None
    api = Api(app.test_client(), OWN_SECRET)
    [key] = api.get("/api-keys").json["items"]
    assert api.delete(f"/api-keys/{UUID(key['uuid'])}").status_code == 200
    assert owner_key(app, where) is None
    assert api.get("/api-keys").status_code == 401


def test_reading_does_not_wait_for_somebody_who_writes(app: Flask, api: Api) -> None:
    with app.app_context(), transaction():
        api.key = create_key("never used", Role.OWNER, person=None, by=None)[1]
    with closing(sqlite3.connect(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        assert api.get("/cases").status_code == 200
        assert time.monotonic() - started < 5
        other.execute("ROLLBACK")


def test_a_key_ends_at_the_moment_it_was_made_for(app: Flask, api: Api) -> None:
    end = (now() + timedelta(hours=1)).isoformat()
    key = made(api, expires_at=end)
    assert key["expires_at"]
    assert api.as_(key["key"]).get("/cases").status_code == 200
    with app.app_context(), transaction():
        db.session.query(ApiKey).filter_by(uuid=UUID(key["uuid"])).one().expires_at = now()
    assert api.as_(key["key"]).get("/cases").status_code == 401


@pytest.mark.parametrize("end", ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00", "tomorrow", 5, ""])
def test_a_key_cannot_end_in_the_past_or_at_no_certain_moment(api: Api, end: object) -> None:
    answer = api.post("/api-keys", {"role": "agent", "name": "robot", "expires_at": end})
    assert (answer.status_code, answer.json["field"]) == (422, "expires_at")


def test_a_key_is_renamed_and_its_end_is_moved_and_taken_away(api: Api) -> None:
    path = f"/api-keys/{made(api)['uuid']}"
    answer = api.patch(path, {"name": "shop", "expires_at": "2999-01-31T12:00:00+02:00"})
    assert (answer.json["name"], answer.json["expires_at"]) == ("shop", "2999-01-31T10:00:00.000Z")
    assert api.get(path).json == answer.json
    assert api.patch(path, {"expires_at": None}).json["expires_at"] is None
    api.delete(path)
    assert api.patch(path, {"name": "dead"}).status_code == 409


def test_a_third_key_of_one_name_is_not_made_by_renaming(api: Api) -> None:
    other = made(api, name="other")
    made(api), made(api)
    assert api.patch(f"/api-keys/{other['uuid']}", {"name": "robot"}).status_code == 409


def test_scopes_narrow_what_the_role_allows(api: Api) -> None:
    key = made(api, role="admin", scopes=["read_cases", "read_persons", "read_cases"])
    assert key["scopes"] == ["read_cases", "read_persons"]
    narrow = api.as_(key["key"])
    assert narrow.get("/cases").status_code == 200
    assert narrow.get("/persons").status_code == 200
    answer = narrow.get("/config")
    assert (answer.status_code, answer.json["detail"]) == (
        403,
        "This needs a key with the scope read_config; yours has read_cases, read_persons.",
    )


def test_scopes_narrow_what_is_asked_for_on_the_way_too(api: Api) -> None:
    case = api.opened("una@customer.test", "Printer")["uuid"]
    message = api.post(f"/cases/{case}/messages", {"from": "ben@team.test", "message": "Printer"}).json["uuid"]
    narrow = api.as_(made(api, role="admin", scopes=["read_cases", "write_cases", "save_filters"])["key"])
    assert narrow.patch(f"/cases/{case}/messages/{message}", {"message": "Hi"}).status_code == 403
    shared = narrow.post("/filters", {"name": "New", "query": {"status": "new"}, "shared": True})
    assert (shared.status_code, shared.json["field"]) == (403, "shared")
    assert narrow.get("/search?q=una&in=persons").status_code == 403
    assert {one["place"] for one in narrow.get("/search?q=printer").json["items"]} == {"subjects", "messages"}
    assert narrow.get("/search?q=una").json["items"] == []
    assert [one["place"] for one in api.get("/search?q=una").json["items"]] == ["persons"]


def test_scopes_give_nothing_that_the_role_does_not(api: Api) -> None:
    narrow = api.as_(made(api, role="agent", scopes=["read_config"])["key"])
    assert narrow.get("/config").status_code == 403
    assert narrow.get("/cases").status_code == 403


@pytest.mark.parametrize("scopes", [[], ["everything"], "read_cases", [None], [5]])
def test_scopes_are_words_that_are_known(api: Api, scopes: object) -> None:
    answer = api.post("/api-keys", {"role": "agent", "name": "robot", "scopes": scopes})
    assert (answer.status_code, answer.json["field"].partition(".")[0]) == (422, "scopes")


def test_a_narrowed_key_makes_none_that_is_wider(api: Api) -> None:
    narrow = api.as_(made(api, role="admin", scopes=["manage_keys", "read_cases"])["key"])
    for scopes in (None, ["read_cases", "read_config"]):
        answer = narrow.post("/api-keys", {"role": "admin", "name": "wider", "scopes": scopes})
        assert (answer.status_code, answer.json["field"]) == (403, "scopes")
    assert made(narrow, role="agent", scopes=["read_cases"])["scopes"] == ["read_cases"]


def test_a_key_says_what_it_is_whatever_its_scopes(api: Api, cast: Cast) -> None:
    key = made(api, person=str(cast.ben.uuid), scopes=["feed_mail"])
    answer = api.as_(key["key"]).get("/api-keys/self")
    assert (answer.json["uuid"], answer.json["person"]["email"]) == (key["uuid"], cast.ben.email)
    assert "key" not in answer.json


def test_a_key_changes_none_above_its_own_role(api: Api) -> None:
    owner = made(api, role="owner")
    admin = api.as_(made(api, role="admin")["key"])
    assert admin.patch(f"/api-keys/{owner['uuid']}", {"name": "mine"}).status_code == 403

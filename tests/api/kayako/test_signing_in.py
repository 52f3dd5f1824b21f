"""How callers of Kayako's dialect sign in, and what opens nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.api.rates import GUESSES
from app.clock import now
from app.extensions import db
from app.people.credentials import ApiKey
from app.people.persons import block_person, disable_person, enable_person, find_person, unblock_person
from app.transaction import transaction
from tests.api.kayako.client import PREFIX, Kayako
from tests.cast import Cast


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_basic_signs_in_with_an_address_and_a_key_and_every_answer_tells_the_session(kayako: Kayako) -> None:
    answer = kayako.get("/session").json
    assert answer["resource"] == "session"
    assert answer["data"]["id"] == answer["session_id"]
    assert kayako.get("/cases/statuses").json.get("session_id") is None  # anybody may ask for these


def test_a_session_signs_in_by_itself(kayako: Kayako, client: FlaskClient) -> None:
    session = kayako.get("/session").json["session_id"]
    again = client.get(f"{PREFIX}/session", headers={"X-Session-ID": session})
    assert again.json["data"]["user"] == kayako.get("/session").json["data"]["user"]
    assert again.json["session_id"] == session


def test_a_session_ends_when_that_is_said_and_the_next_one_is_another(kayako: Kayako, client: FlaskClient) -> None:
    session = kayako.get("/session").json["session_id"]
    assert client.delete(f"{PREFIX}/session", headers={"X-Session-ID": session}).json["status"] == 200
    refused = client.get(f"{PREFIX}/session", headers={"X-Session-ID": session})
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (454, "SESSION_LOADING_FAILED")
    assert kayako.get("/session").json["session_id"] != session


def test_a_session_ends_after_half_a_day(kayako: Kayako, client: FlaskClient) -> None:
    session = kayako.get("/session").json["session_id"]
    with time_machine.travel(now() + timedelta(hours=13)):
        assert client.get(f"{PREFIX}/session", headers={"X-Session-ID": session}).status_code == 454


def test_calls_with_a_session_need_no_other_token(kayako: Kayako, client: FlaskClient) -> None:
    signed_in = client.get(f"{PREFIX}/session", auth=(kayako.email, kayako.key), headers={"X-CSRF": "false"})
    headers = {"X-Session-ID": signed_in.json["session_id"]}
    said = {"subject": "I need help", "contents": "It is on fire!"}
    opened = client.post(f"{PREFIX}/cases", json=said, headers=headers)
    assert (opened.status_code, opened.json["session_id"]) == (201, headers["X-Session-ID"])
    assert client.put(f"{PREFIX}/cases/1", json=said, headers=headers).status_code == 200
    assert client.delete(f"{PREFIX}/cases/1/tags?tags=x", headers=headers).status_code == 200


def test_a_session_tells_who_calls(kayako: Kayako, cast: Cast) -> None:
    found = kayako.get("/session").json["data"]
    assert found["user"] == {"id": cast.ben.id, "resource_type": "user"}
    assert (found["status"], found["resource_type"]) == ("ONLINE", "session")
    names = ("portal", "ip_address", "user_agent", "instance_id", "instance_name", "created_at", "last_activity_at")
    assert {*names} <= found.keys()


def test_a_session_of_somebody_else_beside_basic_is_refused(user: Callable[[str], Kayako]) -> None:
    olgas = user("olga").get("/session").json["session_id"]
    assert user("ben").get("/session", headers={"X-Session-ID": olgas}).status_code == 454
    bens = user("ben").get("/session").json["session_id"]
    assert user("ben").get("/session", headers={"X-Session-ID": bens}).status_code == 200


def test_whoever_says_nothing_of_himself_is_told_how_to(client: FlaskClient) -> None:
    answer = client.get(f"{PREFIX}/session")
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (401, "AUTHORIZATION_REQUIRED")
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


def test_a_key_of_somebody_else_opens_nothing(client: FlaskClient, cast: Cast) -> None:
    answer = client.get(f"{PREFIX}/session", auth=(cast.ben.email, cast.keys["olga"]))
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (401, "AUTHENTICATION_FAILED")


@pytest.mark.parametrize(
    ("goes", "comes"), [(disable_person, enable_person), (block_person, unblock_person)], ids=["disabled", "blocked"]
)
def test_what_stood_for_the_key_of_somebody_who_was_let_go_never_opens_anything_again(
    app: Flask, kayako: Kayako, client: FlaskClient, goes: Callable[..., None], comes: Callable[..., None]
) -> None:
    session = kayako.get("/session").json["session_id"]
    said = {"grant_type": "password", "username": kayako.email, "password": kayako.key}
    tokens = client.post(f"{PREFIX}/oauth/token", json=said).json
    with app.app_context(), transaction():
        ben = find_person(kayako.email)
        assert ben
        goes(ben, by=None)
        comes(ben, by=None)
    assert client.get(f"{PREFIX}/session", headers={"X-Session-ID": session}).status_code == 454
    assert client.get(f"{PREFIX}/session", headers=bearer(tokens["access_token"])).status_code == 401
    again = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert client.post(f"{PREFIX}/oauth/token", json=again).status_code == 401
    new = kayako.get("/session").json["session_id"]
    assert client.get(f"{PREFIX}/session", headers={"X-Session-ID": new}).status_code == 200


@pytest.mark.parametrize("name", ["_session_id", "access_token"])
def test_nothing_that_opens_anything_is_read_from_an_address(kayako: Kayako, name: str) -> None:
    session = kayako.get("/session").json["session_id"]
    assert kayako.get(f"/session?{name}={session}").status_code == 401


def test_a_user_gets_a_token_for_his_key(kayako: Kayako, client: FlaskClient) -> None:
    said = {"grant_type": "password", "client_id": "x", "username": kayako.email, "password": kayako.key}
    found = client.post(f"{PREFIX}/oauth/token", json=said, headers={"Authorization": "Bearer "}).json
    assert found["token_type"] == "bearer"
    assert client.get(f"{PREFIX}/session", headers=bearer(found["access_token"])).status_code == 200
    with time_machine.travel(now() + timedelta(hours=2)):
        assert client.get(f"{PREFIX}/session", headers=bearer(found["access_token"])).status_code == 401
        said = {"grant_type": "refresh_token", "refresh_token": found["refresh_token"]}
        again = client.post(f"{PREFIX}/oauth/token", data=said).json
        assert client.get(f"{PREFIX}/session", headers=bearer(again["access_token"])).status_code == 200


def test_a_client_gets_a_token_by_the_number_of_its_key(app: Flask, kayako: Kayako, client: FlaskClient) -> None:
    with app.app_context():
        number = int(kayako.key.split("_")[1])
        uuid = str(db.session.get_one(ApiKey, number).uuid)
    said = {"grant_type": "client_credentials", "client_id": uuid, "client_secret": kayako.key}
    token = client.post(f"{PREFIX}/oauth/token", json=said).json["access_token"]
    assert client.get(f"{PREFIX}/session", headers=bearer(token)).status_code == 200


@pytest.mark.parametrize("wrong", [{"username": "eve@stranger.test"}, {"password": "ck_1_wrong"}])
def test_a_wrong_password_gets_no_token(kayako: Kayako, client: FlaskClient, wrong: dict[str, str]) -> None:
    said = {"grant_type": "password", "username": kayako.email, "password": kayako.key, **wrong}
    answer = client.post(f"{PREFIX}/oauth/token", json=said)
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (401, "AUTHENTICATION_FAILED")


def test_a_token_is_narrowed_to_its_scopes_and_renewed_only_within_them(kayako: Kayako, client: FlaskClient) -> None:
    said = {"grant_type": "password", "username": kayako.email, "password": kayako.key, "scope": "users:read search"}
    found = client.post(f"{PREFIX}/oauth/token", json=said).json
    assert found["scope"] == "search users:read"
    assert client.get(f"{PREFIX}/session", headers=bearer(found["access_token"])).status_code == 200
    refused = client.delete(f"{PREFIX}/session", headers=bearer(found["access_token"]))
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (403, "PERMISSIONS_DENIED")
    said = {"grant_type": "refresh_token", "refresh_token": found["refresh_token"], "scope": "users conversations"}
    assert client.post(f"{PREFIX}/oauth/token", json=said).json["scope"] == ""


@pytest.mark.parametrize(
    ("scope", "opens", "refuses"),
    [
        (
            "conversations:read",
            ["GET /cases", "GET /cases/1/posts"],
            ["POST /cases", "GET /users", "GET /search?query=x"],
        ),
        ("conversations", ["GET /cases", "POST /cases"], ["GET /users", "POST /tags"]),
        ("conversations:write", ["POST /cases"], ["GET /users"]),
        ("users:read", ["GET /users", "GET /me"], ["GET /cases", "POST /users"]),
        ("search:read", ["GET /search?query=fire"], ["GET /cases"]),
        ("configuration", ["GET /endpoints", "POST /tags"], ["GET /cases"]),
        ("insights", ["GET /cases/statuses"], ["GET /cases", "GET /users", "GET /search?query=x"]),
        ("users conversations:read", ["GET /users", "GET /cases"], ["POST /cases"]),
    ],
)
def test_a_scope_opens_what_it_is_for(
    user: Callable[[str], Kayako], client: FlaskClient, scope: str, opens: list[str], refuses: list[str]
) -> None:
    olga = user("olga")
    case = {"subject": "I need help", "contents": "It is on fire!", "name": "late"}
    olga.post("/cases", case)
    said = {"grant_type": "password", "username": olga.email, "password": olga.key, "scope": scope}
    token = client.post(f"{PREFIX}/oauth/token", json=said).json["access_token"]

    def called(call: str) -> int:
        method, path = call.split()
        return client.open(PREFIX + path, method=method, json=case, headers=bearer(token)).status_code

    assert {called(one) for one in opens} <= {200, 201}
    assert {called(one) for one in refuses} == {403}


def test_a_token_for_writing_is_renewed_as_one_for_reading_and_never_the_other_way(
    kayako: Kayako, client: FlaskClient
) -> None:
    def renewed(scope: str, into: str) -> str:
        said = {"grant_type": "password", "username": kayako.email, "password": kayako.key, "scope": scope}
        token = client.post(f"{PREFIX}/oauth/token", json=said).json["refresh_token"]
        again = {"grant_type": "refresh_token", "refresh_token": token, "scope": into}
        return str(client.post(f"{PREFIX}/oauth/token", json=again).json["scope"])

    assert renewed("users", "users:read search") == "users:read"
    assert renewed("users:write", "users:read users") == "users users:read"
    assert renewed("users:read", "users users:write users:read") == "users:read"


def test_a_token_opens_nothing_of_the_native_api(kayako: Kayako, client: FlaskClient) -> None:
    said = {"grant_type": "password", "username": kayako.email, "password": kayako.key}
    token = client.post(f"{PREFIX}/oauth/token", json=said).json["access_token"]
    assert client.get("/api/casey/v1/cases", headers=bearer(token)).status_code == 401


def test_whoever_guesses_passwords_is_stopped_as_whoever_guesses_keys(app: Flask, kayako: Kayako) -> None:
    said = {"grant_type": "password", "username": kayako.email, "password": "ck_1_guessed"}
    eve = app.test_client()
    answers = [eve.post(f"{PREFIX}/oauth/token", json=said).status_code for _ in range(GUESSES + 1)]
    assert {*answers[:-1]} == {401}
    assert answers[-1] == 429
    right = {**said, "password": kayako.key}
    assert eve.post(f"{PREFIX}/oauth/token", json=right).status_code == 200

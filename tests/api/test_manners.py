"""What every answer of the API has: a name, the calls that are left, and a way through browsers and thin lines."""

import gzip
import json

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from app.api.rates import EXTENSION
from app.clock import now
from tests.api_client import Api
from tests.cast import UNA

ORIGIN = "https://shop.test"


def test_every_answer_has_the_name_its_caller_gave_the_request(api: Api) -> None:
    assert api.get("/cases", headers={"X-Request-Id": "order-4711"}).headers["X-Request-Id"] == "order-4711"


@pytest.mark.parametrize("bad", ["short", "with blank here", "x" * 129, "semi;colon;12", ""])
def test_a_name_that_could_do_harm_in_a_log_is_not_taken(api: Api, bad: str) -> None:
    assert api.get("/cases", headers={"X-Request-Id": bad}).headers["X-Request-Id"] not in {bad, ""}


def test_an_error_names_its_request(api: Api) -> None:
    answer = api.post("/cases", {}, headers={"X-Request-Id": "order-4711"})
    assert answer.json["request_id"] == "order-4711"


def test_the_log_names_the_request(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        api.get("/cases", headers={"X-Request-Id": "order-4711"})
    assert "request=order-4711 method=GET" in caplog.text


def test_every_answer_says_how_many_calls_are_left(api: Api) -> None:
    first, second = api.get("/cases"), api.get("/nowhere")
    assert first.headers["X-RateLimit-Limit"] == "3000"
    left = [int(one.headers["X-RateLimit-Remaining"]) for one in (first, second)]
    assert left[0] - left[1] == 1


def test_whoever_calls_too_often_is_told_when_to_come_back(app: Flask, api: Api) -> None:
    other = api.as_(api.post("/api-keys", {"role": "agent", "name": "other"}).json["key"])
    api.post("/config", {"apiRateLimit": 3})
    with time_machine.travel(now(), tick=False) as clock:
        assert [other.get("/cases").status_code for _ in range(4)] == [200, 200, 200, 429]
        answer = other.get("/cases")
        assert (answer.json["code"], answer.headers["X-RateLimit-Remaining"]) == ("too_many", "0")
        clock.shift(int(answer.headers["Retry-After"]))
        assert other.get("/cases").status_code == 200


def test_one_caller_does_not_use_up_the_calls_of_another(api: Api) -> None:
    other = api.as_(api.post("/api-keys", {"role": "agent", "name": "other"}).json["key"])
    third = api.as_(api.post("/api-keys", {"role": "agent", "name": "third"}).json["key"])
    api.post("/config", {"apiRateLimit": 2})
    assert [other.get("/cases").status_code for _ in range(3)] == [200, 200, 429]
    assert third.get("/cases").status_code == 200


@pytest.mark.parametrize("spelt", ["bearer {}", "BEARER {}", "Bearer   {}", "Bearer {}  "])
def test_another_spelling_of_the_header_gives_no_further_calls(api: Api, spelt: str) -> None:
    key = api.post("/api-keys", {"role": "agent", "name": "other"}).json["key"]
    api.post("/config", {"apiRateLimit": 2})
    assert [api.as_(key).get("/cases").status_code for _ in range(2)] == [200, 200]
    answer = api.client.get("/api/casey/v1/cases", headers={"Authorization": spelt.format(key)})
    assert answer.status_code == 429


GUESS = "ck_1_" + "x" * 39


@pytest.mark.parametrize("scheme", ["Bearer", "Link", "Basic"])
def test_whoever_guesses_is_stopped_by_his_address_and_a_good_key_works_beside_him(api: Api, scheme: str) -> None:
    def guess(number: int) -> TestResponse:
        return api.client.get(
            "/api/casey/v1/public/case" if scheme == "Link" else "/api/casey/v1/cases",
            headers={"Authorization": f"{scheme} {GUESS}{number:04}"},
        )

    with time_machine.travel(now(), tick=False) as clock:
        assert {guess(number).status_code for number in range(60)} == {404 if scheme == "Link" else 401}
        answer = guess(60)
        assert (answer.status_code, answer.json["code"]) == (429, "too_many")
        assert "At most 60 calls a minute with a key that opens nothing" in answer.json["detail"]
        assert api.get("/cases").status_code == 200
        clock.shift(int(answer.headers["Retry-After"]))
        assert guess(61).status_code != 429


def test_guesses_fill_no_memory(app: Flask, api: Api) -> None:
    rates = app.extensions[EXTENSION]
    for number in range(20):
        api.as_(f"{GUESS}{number}").get("/cases")
    assert len([name for name in rates.here.made if "guesses" in name]) == 1
    assert len(rates.here.made) < 5
    assert rates.names == {}


def test_a_whole_network_of_ipv6_is_one_caller(api: Api) -> None:
    for number in range(61):
        answer = api.client.get(
            "/api/casey/v1/cases",
            headers={"Authorization": f"Bearer {GUESS}{number}"},
            environ_base={"REMOTE_ADDR": f"2001:db8:1:2::{number:x}"},
        )
    assert answer.status_code == 429


def test_a_long_answer_comes_in_gzip_for_whoever_takes_it(api: Api) -> None:
    case = api.opened(UNA, message="It burns! " * 500)
    plain = api.get(f"/cases/{case['uuid']}")
    short = api.client.get(
        f"/api/casey/v1/cases/{case['uuid']}",
        headers={"Authorization": f"Bearer {api.key}", "Accept-Encoding": "gzip, br"},
    )
    assert (short.headers["Content-Encoding"], short.headers["ETag"]) == ("gzip", plain.headers["ETag"])
    assert json.loads(gzip.decompress(short.data)) == plain.json
    assert len(short.data) < len(plain.data) / 2
    assert "Content-Encoding" not in plain.headers


def test_web_pages_of_other_origins_may_not_call_until_they_are_named(api: Api) -> None:
    assert "Access-Control-Allow-Origin" not in api.get("/cases", headers={"Origin": ORIGIN}).headers
    api.post("/config", {"apiOrigins": [ORIGIN]})
    assert api.get("/cases", headers={"Origin": ORIGIN}).headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Access-Control-Allow-Origin" not in api.get("/cases", headers={"Origin": "https://eve.test"}).headers


def test_a_browser_is_told_beforehand_what_a_page_may_send(api: Api) -> None:
    api.post("/config", {"apiOrigins": [ORIGIN]})
    answer = api.client.options("/api/casey/v1/cases", headers={"Origin": ORIGIN})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Idempotency-Key" in answer.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("bad", ["shop.test", "https://shop.test/page", "ftp://shop.test", 1])
def test_an_origin_is_a_scheme_and_a_host(api: Api, bad: object) -> None:
    answer = api.post("/config", {"apiOrigins": [bad]})
    assert (answer.status_code, answer.json["field"]) == (422, "apiOrigins")


def test_no_answer_may_be_kept_for_anybody_else(api: Api) -> None:
    key = api.post("/api-keys", {"role": "agent", "name": "other"})
    assert (key.status_code, key.headers["Cache-Control"]) == (201, "no-store")
    assert api.get("/cases").headers["Cache-Control"] == "private, no-cache"
    assert api.get("/nowhere").headers["Cache-Control"] == "no-store"
    assert api.get("/cases").headers["X-Content-Type-Options"] == "nosniff"

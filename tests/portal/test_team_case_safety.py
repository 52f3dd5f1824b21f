"""The team's page of a case gives nothing away, does nothing by itself, and costs the same however much there is."""

from typing import Any

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser

from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker
from tests.letters import letter
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in
from tests.portal.team_case import now
from tests.queries import queries
from tests.sandbox import Outside


def test_nothing_of_another_case_is_reached_by_it(app: Flask, api: Api, case: Any, ben: Browser, work: Worker) -> None:
    other = api.opened("somebody@customer.test")
    work()
    delivery = api.get(f"/cases/{other['uuid']}/deliveries").json["items"][0]["uuid"]
    token = ben.page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]  # type: ignore[union-attr]
    answer = ben.post(f"/team/cases/{case['uuid']}/deliveries/{delivery}/retry", csrf_token=token)
    assert answer.status_code == 404


def test_no_act_is_done_without_the_token_of_the_page_or_by_get(api: Api, case: Any, ben: Browser) -> None:
    before = now(api, case)
    acts = {"reply": "message", "note": "note", "assign": "whom", "labels": "labels", "priority": "priority"}
    for act, name in acts.items():
        page = ben.post(f"/team/cases/{case['uuid']}/{act}", **{name: "low"})
        assert page.status_code == 422
        assert "Please press the button once more." in page.text
        assert ben.client.get(f"/team/cases/{case['uuid']}/{act}").status_code == 405
    assert now(api, case) == before


def test_a_canned_answer_is_put_in_only_for_whoever_has_the_token_of_the_page(case: Any, ben: Browser) -> None:
    page = ben.post(f"/team/cases/{case['uuid']}/insert", message="Said by another site")
    assert page.status_code == 422
    assert "Please press the button once more." in page.text


@pytest.mark.parametrize("post", [-1, -(10**22), 10**22, "x"])
def test_whatever_is_said_to_be_read_last_breaks_nothing(case: Any, ben: Browser, post: object) -> None:
    assert ben.submit_to(f"/team/cases/{case['uuid']}/read", post=post).status_code == 200


def test_a_long_case_is_shown_by_few_statements(app: Flask, api: Api, case: Any, ben: Browser) -> None:
    with queries(app) as few:
        ben.open(f"/team/cases/{case['uuid']}")
    for number in range(12):
        who = UNA if number % 2 else BEN
        api.post(f"/cases/{case['uuid']}/messages", {"from": who, "message": f"Number {number}"})
    with queries(app) as many:
        ben.open(f"/team/cases/{case['uuid']}")
    assert len(many) <= len(few) + 4 <= 30


HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}"


def test_what_people_wrote_is_shown_as_text_wherever_it_stands(
    app: Flask, api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA, subject=HOSTILE, message=HOSTILE)
    path = f"/cases/{case['uuid']}"
    api.patch(f"/persons/{cast.una.uuid}", {"name": HOSTILE})
    api.post(f"{path}/tags", {"tags": [HOSTILE]})
    api.post(f"{path}/notes", {"from": BEN, "note": HOSTILE})
    api.post("/teams", {"name": HOSTILE})
    api.post("/statuses", {"label": HOSTILE, "base": "open"})
    api.patch(path, {"custom_status": HOSTILE})
    bens = api.as_(cast.keys["ben"])
    bens.post("/canned-answers", {"title": HOSTILE, "text": HOSTILE})
    bens.post("/filters", {"name": HOSTILE, "query": {}})
    outside.send(letter(EVE, f"[{case['reference']}] {HOSTILE}", HOSTILE))
    work()
    browser = signed_in(app, BEN)
    for address in (f"/team{path}", "/team", "/team?q=onerror", f"/team?q={HOSTILE}"):
        page = browser.client.get(address)
        tree = LexborHTMLParser(page.text)
        assert page.status_code == 200
        assert "onerror" in page.text
        assert not tree.css("[onerror]")
        assert all(one.attributes.get("src") for one in tree.css("script"))
        assert "{{7*7}}" in page.text
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")


def test_much_of_everything_takes_as_many_statements_as_little_of_it(
    app: Flask, api: Api, case: Any, ben: Browser, work: Worker, outside: Outside
) -> None:
    def grown(number: int) -> None:
        path = f"/cases/{case['uuid']}"
        person = f"max{number}@customer.test"
        api.post(f"{path}/participants", {"email": person, "name": f"Max {number}"})
        api.post(f"{path}/tags", {"tags": [f"label {number}"]})
        api.post("/fields", {"level": "case", "key": f"key_{number}", "title": "One", "type": "file"})
        answer = api.post(f"{path}/messages", {"from": BEN, "message": f"Answer {number}."}).json["uuid"]
        api.post(f"{path}/messages/{answer}/ratings", {"from": person, "score": "high", "comment": ""})
        outside.send(letter(f"eve{number}@stranger.test", f"[{case['reference']}] lamp", "Hello."))
        work()

    def asked() -> int:
        ben.open("/team")  # that the session was used is noted once a minute
        with queries(app) as found:
            ben.open(f"/team/cases/{case['uuid']}")
        return len(found)

    grown(0)
    few = asked()
    for number in range(1, 30):
        grown(number)
    assert asked() == few <= 35

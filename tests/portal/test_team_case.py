"""A case as the team sees it, and what can be done to it there."""

from typing import Any

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser

from app.extensions import db
from app.mail.models import Delivery, OutboundEmail, Rejection
from app.people.persons import find_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, EVE, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in
from tests.queries import queries
from tests.sandbox import Outside


@pytest.fixture
def case(api: Api) -> Any:
    """A case of una's."""
    return api.opened(UNA, subject="The lamp <b>", message="It is <i>dark</i>.")


@pytest.fixture
def ben(app: Flask, case: Any) -> Browser:
    """ben's browser, on the page of the case."""
    browser = signed_in(app, BEN)
    browser.open(f"/team/cases/{case['uuid']}")
    return browser


def now(api: Api, case: Any) -> Any:
    """The case as it is now."""
    return api.get(f"/cases/{case['uuid']}").json


@on_both
def test_a_member_answers_on_the_page_of_a_case(
    api: Api, case: Any, ben: Browser, work: Worker, outside: Outside
) -> None:
    ben.press("/reply", message="Have you tried the switch?")
    assert ben.page is not None
    assert ben.page.status_code == 200
    assert "Have you tried the switch?" in ben.page.text
    work()
    assert "Have you tried the switch?" in outside.inbox(UNA)[-1].get_content()
    assert [one["from"]["name"] for one in now(api, case)["messages"]][-1] == "Ben Foo"


def test_pressing_send_twice_writes_once(api: Api, case: Any, ben: Browser) -> None:
    page = ben.page
    ben.press("/reply", message="Only once.")
    ben.page = page
    ben.press("/reply", message="Only once.")
    assert [one["message"] for one in now(api, case)["messages"]].count("Only once.") == 1


def test_a_note_stays_with_the_team(api: Api, case: Any, ben: Browser, work: Worker, outside: Outside) -> None:
    ben.press("/note", note="She is our best customer.")
    assert ben.page is not None
    assert "Note for the team only" in ben.page.text
    work()
    assert not [mail for mail in outside.inbox(UNA) if "best customer" in mail.as_string()]
    assert [one["note"] for one in now(api, case)["notes"]] == ["She is our best customer."]


def test_what_is_wrong_comes_back_with_what_was_typed(case: Any, ben: Browser) -> None:
    page = ben.press("/reply", message="  ")
    assert page.status_code == 422
    assert "Please write something first." in page.text
    page = ben.press("/labels", labels=f"short, {'long' * 30}")
    assert page.status_code == 422
    assert "A label is at most 100 characters long." in page.text
    assert ben.press("/status", status="nonsense").status_code == 422
    assert ben.press("/assign", whom="team:nonsense").status_code == 200
    page = ben.press("/merge", into="999-<999>")
    assert page.status_code == 422
    assert "There is no case with this number." in page.text
    assert "999-&lt;999&gt;" in page.text


@on_both
def test_facts_are_set_each_by_its_form(api: Api, case: Any, cast: Cast, ben: Browser) -> None:
    ben.press("/assign", whom=f"person:{cast.amy.uuid}")
    ben.press("/priority", priority="high")
    ben.press("/labels", labels="lamps, <dark>")
    ben.press("/status", status="waiting")
    found = now(api, case)
    assert found["assignee"]["name"] == "Amy Bar"
    assert (found["priority"], found["status"], found["tags"]) == ("high", "waiting", ["<dark>", "lamps"])
    ben.press("/assign", whom="")
    assert now(api, case)["assignee"] is None


def test_a_case_is_given_to_a_team_and_stands_in_a_status_of_ones_own(api: Api, case: Any, ben: Browser) -> None:
    team = api.post("/teams", {"name": "Lights"}).json
    api.post("/statuses", {"label": "With the maker", "base": "waiting"})
    ben.open(f"/team/cases/{case['uuid']}")
    ben.press("/assign", whom=f"team:{team['uuid']}")
    assert now(api, case)["team"]["name"] == "Lights"
    page = ben.press("/status", status="own:With the maker")
    assert page.text.count("With the maker") >= 2
    assert now(api, case)["custom_status"] == "With the maker"
    ben.press("/status", status="closed")
    assert now(api, case)["status"] == "closed"


@on_both
def test_fields_of_the_operators_own_are_filled(api: Api, case: Any, ben: Browser) -> None:
    choices = {"options": [{"key": "red", "title": "Red <3"}, {"key": "blue", "title": "Blue"}]}
    kinds: dict[str, Any] = {key: {} for key in ("text", "textarea", "number", "decimal", "date", "yes_no")}
    for kind, more in {**kinds, "select": choices, "multi_select": choices}.items():
        made = api.post("/fields", {"level": "case", "key": f"a_{kind}", "title": "One", "type": kind, **more})
        assert made.status_code == 201, made.text
    page = ben.open(f"/team/cases/{case['uuid']}")
    assert "Red &lt;3" in page.text
    said = {"text": "Word", "number": "7", "decimal": "1,5", "date": "2027-01-31", "yes_no": "true", "select": "red"}
    ben.press(
        "/fields", field_a_multi_select=["red", "blue"], **{f"field_a_{kind}": text for kind, text in said.items()}
    )
    found = now(api, case)["fields"]
    assert found == {
        "a_text": "Word",
        "a_number": 7,
        "a_decimal": 1.5,
        "a_date": "2027-01-31",
        "a_yes_no": True,
        "a_select": "red",
        "a_multi_select": ["red", "blue"],
    }
    page = ben.press("/fields", field_a_number="seven", field_a_text="")
    assert page.status_code == 422
    assert "This must be a whole number." in page.text
    assert 'value="seven"' in page.text
    assert now(api, case)["fields"] == found


def test_a_canned_answer_is_put_behind_what_was_typed_and_sends_nothing(
    api: Api, case: Any, cast: Cast, ben: Browser
) -> None:
    answer = api.as_(cast.keys["ben"]).post("/canned-answers", {"title": "Switch", "text": "Please try the switch."})
    ben.open(f"/team/cases/{case['uuid']}")
    page = ben.press("/reply").request.path
    assert page.endswith("/reply")
    assert (
        ben.post(f"/team/cases/{case['uuid']}/insert", message="Hello", answer=answer.json["uuid"]).status_code == 200
    )
    assert ben.page is not None
    assert "Hello\n\nPlease try the switch." in ben.page.text.replace("\r", "")
    assert len(now(api, case)["messages"]) == 1


@on_both
def test_a_case_is_merged_by_its_number(api: Api, case: Any, ben: Browser) -> None:
    other = api.opened(UNA, subject="Another lamp")
    page = ben.press("/merge", into=f" {other['reference']} ")
    assert page.request.path == f"/team/cases/{other['uuid']}"
    assert "It is &lt;i&gt;dark&lt;/i&gt;." in page.text
    assert other["reference"] in ben.open(f"/team/cases/{case['uuid']}").text


def test_a_collaborator_merges_nothing(app: Flask, api: Api, case: Any) -> None:
    other = api.opened(UNA)
    amy = signed_in(app, AMY)
    assert "Merge this case" not in amy.open(f"/team/cases/{case['uuid']}").text
    page = amy.open(f"/team/cases/{case['uuid']}")
    token = page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    answer = amy.post(f"/team/cases/{case['uuid']}/merge", into=other["reference"], csrf_token=token)
    assert answer.status_code == 403


@on_both
def test_a_mail_that_came_back_says_why_and_is_sent_again(
    app: Flask, api: Api, case: Any, ben: Browser, work: Worker, outside: Outside
) -> None:
    ben.press("/reply", message="Here you are.")
    work()
    with app.app_context(), transaction():
        una = find_person(UNA)
        assert una is not None
        mail = db.session.query(OutboundEmail).filter_by(person_id=una.id).order_by(OutboundEmail.id.desc()).first()
        assert mail is not None
        mail.status, mail.rejection, mail.answer = Delivery.REJECTED, Rejection.BOUNCE, "550 <no> such mailbox"
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert "Did not arrive" in page
    assert "550 &lt;no&gt; such mailbox" in page
    ben.press("/retry")
    assert ben.page is not None
    assert "550 &lt;no&gt; such mailbox" not in ben.page.text


@on_both
@pytest.mark.parametrize("way", ["admit", "reject"])
def test_a_held_mail_is_let_in_or_turned_away(
    api: Api, case: Any, ben: Browser, work: Worker, outside: Outside, way: str
) -> None:
    outside.send(letter(EVE, f"Re: [{case['reference']}] lamp", "I have the same lamp."))
    work()
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert "Mails that wait for you to decide" in page
    assert "Its sender is not in the case" in page
    ben.press(f"/{way}")
    work()
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert "Mails that wait for you to decide" not in page
    assert ("I have the same lamp." in page) is (way == "admit")


def test_reading_is_noted_by_a_button_and_not_by_looking(case: Any, ben: Browser) -> None:
    assert "Mark as read" in ben.open(f"/team/cases/{case['uuid']}").text
    assert 'class="unread"' in ben.open("/team").text
    ben.open(f"/team/cases/{case['uuid']}")
    assert "Mark as read" not in ben.press("/read").text
    assert 'class="unread"' not in ben.open("/team").text


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


def test_a_long_case_is_shown_by_few_statements(app: Flask, api: Api, case: Any, ben: Browser) -> None:
    with queries(app) as few:
        ben.open(f"/team/cases/{case['uuid']}")
    for number in range(12):
        who = UNA if number % 2 else BEN
        api.post(f"/cases/{case['uuid']}/messages", {"from": who, "message": f"Number {number}"})
    with queries(app) as many:
        ben.open(f"/team/cases/{case['uuid']}")
    assert len(many) <= len(few) + 4 <= 30


def test_a_case_that_is_not_there_is_not_found(ben: Browser) -> None:
    assert ben.open("/team/cases/01a200d0-39b5-7136-a763-74a3c46a113b").status_code == 404


@on_both
def test_whoever_is_asked_takes_a_case_up(api: Api, case: Any, cast: Cast, ben: Browser) -> None:
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert "Will you take this case up?" in page
    assert "Will you take this case up?" not in ben.press("/take").text
    assert now(api, case)["assignee"]["name"] == "Ben Foo"


@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")
def test_whoever_declines_says_why_and_the_next_one_is_asked(
    app: Flask, api: Api, case: Any, work: Worker, outside: Outside
) -> None:
    work()
    [first] = [one for one in (BEN, AMY, OLGA) if outside.inbox(one)]
    browser = signed_in(app, first)
    browser.open(f"/team/cases/{case['uuid']}")
    page = browser.press("/decline", why="I know <nothing> of lamps.")
    assert "Will you take this case up?" not in page.text
    browser.post(f"/team/cases/{case['uuid']}/decline")
    work()
    assert [len(outside.inbox(one)) for one in (BEN, AMY, OLGA)].count(1) == 2
    [event] = api.get("/events?name=invitation_declined").json["items"]
    assert event["details"] == {"why": "I know <nothing> of lamps."}


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

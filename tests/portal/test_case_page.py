"""The case page, for whoever holds its link."""

import re
import time
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from time_machine import travel

from app.cases.models import Participant
from app.cases.posting import takes_messages
from app.cases.queries import case_by_uuid
from app.clock import now
from app.extensions import db
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.files.posts import posted, posted_often
from tests.portal.browser import Browser
from tests.queries import queries
from tests.sandbox import Outside, link_in


@pytest.fixture
def case(api: Api, work: Worker) -> dict[str, object]:
    """A case of una's, of which everybody has been told."""
    opened = api.opened(UNA)
    work()
    return opened


@pytest.fixture
def link(case: dict[str, object], outside: Outside) -> str:
    """una's link to it."""
    return link_in(outside.inbox(UNA)[0], "/c/")


def test_a_customer_reads_the_case_and_writes_to_it(app: Flask, link: str, work: Worker, outside: Outside) -> None:
    browser = Browser(app)
    assert "It is over there!" in browser.open(link).text
    assert "Under the table." in browser.submit(message="Under the table.").text
    work()
    assert "Under the table." in outside.inbox(BEN)[-1].get_content()


def test_a_team_member_answers_on_the_page_and_joins(
    app: Flask, api: Api, case: dict[str, object], work: Worker, outside: Outside
) -> None:
    browser = Browser(app)
    browser.open(link_in(outside.inbox(BEN)[0], "/c/"))
    browser.submit(message="We look into it.")
    work()
    assert "We look into it." in outside.inbox(UNA)[-1].get_content()
    assert "Ben (Support)" in [one["alias"] for one in api.get(f"/case/{case['uuid']}").json["participants"]]


def test_no_address_of_the_team_is_on_the_customers_page(
    app: Flask, api: Api, case: dict[str, object], link: str, cast: Cast
) -> None:
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": f"Write to {AMY} or <{BEN}>."})
    page = Browser(app).open(link).text
    assert "Ben (Support)" in page
    assert not [one for one in (BEN, AMY) if one in page]


def test_what_people_wrote_is_shown_as_text(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA, subject="<script>alert(1)</script>", message="<img src=x onerror=alert(2)>")
    work()
    page = Browser(app).open(link_in(outside.inbox(UNA)[-1], "/c/"))
    assert "<script>" not in page.text
    assert "<img src=x" not in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_an_empty_message_is_refused_beside_its_field(app: Flask, link: str) -> None:
    browser = Browser(app)
    browser.open(link)
    page = browser.submit(message="   ")
    assert page.status_code == 422
    assert "Please write something first." in page.text


def test_a_form_from_another_site_writes_nothing_and_keeps_the_text(
    app: Flask, api: Api, case: dict[str, object], link: str
) -> None:
    browser = Browser(app)
    browser.open(link)
    page = browser.post(f"/cases/{case['uuid']}", message="Forged.")
    assert page.status_code == 422
    assert "Forged." in page.text
    assert len(api.get(f"/case/{case['uuid']}").json["messages"]) == 1


def test_pressing_send_twice_writes_once(app: Flask, api: Api, case: dict[str, object], link: str) -> None:
    browser = Browser(app)
    page = browser.open(link)
    browser.submit(message="Only once.")
    browser.page = page
    browser.submit(message="Only once.")
    assert [one["message"] for one in api.get(f"/case/{case['uuid']}").json["messages"]].count("Only once.") == 1


def test_what_was_changed_before_it_is_sent_again_is_not_lost(
    app: Flask, api: Api, case: dict[str, object], link: str
) -> None:
    browser = Browser(app)
    browser.open(link)
    form = browser.page
    for text in ("On the table.", "On the table.", "Under the table."):
        browser.page = form
        browser.submit(message=text)
    written = [one["message"] for one in api.get(f"/case/{case['uuid']}").json["messages"]]
    assert written[-2:] == ["On the table.", "Under the table."]


def test_the_link_of_somebody_who_was_removed_is_dead_at_once(app: Flask, link: str, cast: Cast) -> None:
    browser = Browser(app)
    browser.open(link)
    with app.app_context(), transaction():
        gone = sa.update(Participant).where(Participant.person_id == cast.una.id).values(removed_at=now())
        db.session.execute(gone)
    assert browser.open(link).status_code == 410


def test_an_old_link_expires(app: Flask, link: str) -> None:
    with travel(now() + timedelta(days=91), tick=False):
        assert Browser(app).open(link).status_code == 410


def test_the_cookie_of_one_case_opens_no_other(app: Flask, api: Api, link: str) -> None:
    other = api.opened("somebody.else@customer.test")
    browser = Browser(app)
    browser.open(link)
    assert browser.open(f"/cases/{other['uuid']}").status_code == 404


def test_writing_to_a_closed_case_reopens_it(app: Flask, api: Api, case: dict[str, object], link: str) -> None:
    api.post(f"/case/{case['uuid']}/close")
    browser = Browser(app)
    assert "opens it again" in browser.open(link).text
    browser.submit(message="Not solved.")
    assert api.get(f"/case/{case['uuid']}").json["status"] == "open"


@pytest.mark.settings(CASEY_CASE_CAN_REOPEN="false")
def test_a_case_that_cannot_be_reopened_says_so(app: Flask, api: Api, case: dict[str, object], link: str) -> None:
    api.post(f"/case/{case['uuid']}/close")
    page = Browser(app).open(link)
    assert "takes no more messages" in page.text
    assert "<textarea" not in page.text


@pytest.mark.settings(CASEY_CASE_CAN_REOPEN="false")
def test_a_message_to_a_case_that_was_just_closed_is_refused_and_its_text_stays(
    app: Flask, api: Api, case: dict[str, object], link: str
) -> None:
    browser = Browser(app)
    browser.open(link)
    api.post(f"/case/{case['uuid']}/close")
    page = browser.submit(message="A long letter.")
    assert page.status_code == 409
    assert "cannot be reopened here. Your message was not sent." in page.text
    assert "A long letter.</textarea>" in page.text


@on_both
def test_what_no_database_can_store_is_written_all_the_same(
    app: Flask, api: Api, case: dict[str, object], link: str
) -> None:
    browser = Browser(app)
    browser.open(link)
    assert browser.submit(message="zero \x00 and more", once="on\x00ce").status_code == 200
    assert api.get(f"/case/{case['uuid']}").json["messages"][-1]["message"] == "zero \ufffd and more"


def test_what_was_quoted_is_folded_away_and_still_there(app: Flask, case: dict[str, object], link: str) -> None:
    text = "Yes.\n\n> Is it you?\n\nSee you, Ben"
    posted(app, str(case["uuid"]), BEN, text=text, visible=((0, 4), (18, len(text))))
    page = Browser(app).open(link).text
    assert re.findall(r'<details class="quoted"><summary>Quoted text</summary>\s*<div.*?>(.*?)</div>', page) == [
        "&gt; Is it you?"
    ]
    assert page.index(">Yes.<") < page.index("&gt; Is it you?") < page.index(">See you, Ben<")


def test_no_address_is_shown_in_what_was_quoted(app: Flask, case: dict[str, object], link: str) -> None:
    text = f"Ask {AMY}, please.\nOn Monday <{BEN}> wrote:\n> Write to {AMY}\n"
    visible = text.index("On Monday")
    posted(app, str(case["uuid"]), BEN, text=text, visible=((0, visible),))
    page = Browser(app).open(link).text
    assert "Ask support@casey.test, please." in page
    assert "On Monday &lt;support@casey.test&gt; wrote:" in page
    assert not [one for one in (BEN, AMY) if one in page]


@on_both
def test_a_long_page_asks_the_database_no_more_than_a_short_one(app: Flask, case: dict[str, object], link: str) -> None:
    def asked() -> int:
        with queries(app) as found:
            assert browser.open(f"/cases/{case['uuid']}").status_code == 200
        return len(found)

    browser = Browser(app)
    browser.open(link)
    for writer in (UNA, BEN):
        posted_often(app, str(case["uuid"]), writer, times=1, address=AMY)
    few = asked()
    for writer in (UNA, BEN):
        posted_often(app, str(case["uuid"]), writer, times=100, address=AMY)
    assert asked() == few
    assert AMY not in browser.open(f"/cases/{case['uuid']}").text


def test_a_case_of_200_messages_takes_at_most_three_times_as_long_as_one_of_5(
    app: Flask, case: dict[str, object], link: str
) -> None:
    def seconds() -> float:
        taken = []
        for _ in range(8):
            began = time.process_time()
            browser.open(f"/cases/{case['uuid']}")
            taken.append(time.process_time() - began)
        return min(taken)

    browser = Browser(app)
    browser.open(link)
    posted_often(app, str(case["uuid"]), UNA, times=4, address=AMY)
    few = seconds()
    posted_often(app, str(case["uuid"]), UNA, times=195, address=AMY)
    many = seconds()
    assert many < 3 * few, (few, many)


def test_a_merged_case_takes_no_messages(app: Flask, api: Api, case: dict[str, object]) -> None:
    into = api.opened(UNA)["uuid"]
    assert api.post(f"/cases/{case['uuid']}/merge", {"into": into}).status_code == 200
    with app.app_context():
        assert not takes_messages(case_by_uuid(UUID(str(case["uuid"]))))
        assert takes_messages(case_by_uuid(UUID(into)))

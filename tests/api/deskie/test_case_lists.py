"""The list of cases by Deskie's dialect: what it shows, how it is sorted, how pages are turned."""

from urllib.parse import urlencode

import pytest
import time_machine
from flask import Flask

from app.cases.merging import merge_cases
from app.cases.models import Case
from app.clock import now
from app.extensions import db
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.api.deskie.listed import filters, listed
from tests.api_client import Api
from tests.cast import Cast
from tests.conftest import on_both
from tests.queries import queries

NEEDED = (
    "closed_at",
    "last_response_at",
    "parent_case_id",
    "closing_speed",
    "language_id",
    "cc_emails",
    "bcc_emails",
    "recipient",
)


@on_both
def test_a_page_shows_each_case_as_it_is_shown_alone(deskie: Deskie, cast: Cast) -> None:
    case = deskie.opened(labels=[], cc_emails="amy@customer.test,una@customer.test", priority="low", language_id=4)
    answer = deskie.get("/cases.json")
    assert answer.json == {"0": {"case": case}, "total_count": 1}
    assert all(name in case for name in NEEDED)
    assert case["cc_emails"] == "amy@customer.test"


def test_nothing_found_is_an_empty_page(deskie: Deskie) -> None:
    assert deskie.get("/cases.json").json == {"total_count": 0}


def test_pages_are_turned_by_number(deskie: Deskie) -> None:
    cases = [deskie.opened()["case_id"] for _ in range(5)]
    pages = [deskie.get(f"/cases.json?limit=2&sort=created_at_asc&page={page}").json for page in range(5)]
    assert [one["total_count"] for one in pages] == [5] * 5
    found = [[page[key]["case"]["case_id"] for key in page if key != "total_count"] for page in pages]
    assert found == [cases[:2], cases[:2], cases[2:4], cases[4:], []]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("page=501", "wrong_page"),
        ("page=one", "wrong_page"),
        ("limit=101", "wrong_limit"),
        ("limit=0", "wrong_limit"),
        ("sort=subject", "wrong_sort"),
        ("status=spam", "wrong_status"),
        ("priority=urgent", "wrong_priority"),
        ("subject=abc", "wrong_subject"),
        ("subject=....", "wrong_subject"),
        ("user_email=una", "incorrect_user_email"),
        ("user_email=^una^", "incorrect_user_email"),
        ("user_phone=123", "wrong_user_phone"),
        ("user_phone=+-()", "wrong_user_phone"),
        ("user_phone=++49", "wrong_user_phone"),
        ("filter=nowhere", "wrong_filter"),
        ("filter=99", "wrong_filter"),
        ("custom_fields[cf_9]=x", "wrong_custom_fields"),
        ("custom_fields=x", "wrong_custom_fields"),
        ("from_time=yesterday", "wrong_from_time"),
        ("show_merged_cases=maybe", "wrong_show_merged_cases"),
        ("initiator=robot", "wrong_initiator"),
        (urlencode([("user_id[]", number) for number in range(21)]), "wrong_user_id"),
    ],
)
def test_what_cannot_be_asked_is_named(deskie: Deskie, query: str, error: str) -> None:
    answer = deskie.get(f"/cases.json?{query}")
    assert (answer.status_code, answer.json["error"]) == (422, error), answer.text


def test_the_list_is_sorted_in_ten_ways(app: Flask, deskie: Deskie) -> None:
    facts = [("low", "closed"), ("critical", "open"), ("high", "waiting")]
    one, two, three = (deskie.opened(priority=priority, status=status)["case_id"] for priority, status in facts)
    deskie.put(f"/cases/{two}.json", {"case": {"subject": "Changed"}})
    for sort, found in {
        "": [two, three, one],
        "updated_at_desc": [two, three, one],
        "updated_at_asc": [one, three, two],
        "created_at_asc": [one, two, three],
        "created_at_desc": [three, two, one],
        "response_asc": [one, two, three],
        "response_desc": [three, two, one],
        "priority_desc": [two, three, one],
        "priority_asc": [one, three, two],
        "status_asc": [two, three, one],
        "status_desc": [one, three, two],
    }.items():
        assert listed(deskie, f"sort={sort}" if sort else "") == found, sort


def test_a_case_is_sorted_by_its_last_message_or_note(deskie: Deskie) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        one, two, three = (deskie.opened()["case_id"] for _ in range(3))
        for path, kind in ((f"/cases/{three}/messages", "message"), (f"/cases/{one}/note", "note")):
            clock.shift(60)
            assert deskie.post(f"{path}.json", {kind: {"content": "Hello"}}).status_code == 201
    assert listed(deskie, "sort=response_desc") == [one, three, two]
    assert listed(deskie, "sort=response_asc") == [two, three, one]


@pytest.mark.parametrize(("yes", "no"), [("true", "false"), ("True", "False"), ("TRUE", "FALSE"), ("1", "0")])
def test_a_flag_is_said_in_many_ways(app: Flask, deskie: Deskie, yes: str, no: str) -> None:
    one, other = (deskie.opened()["case_id"] for _ in range(2))
    with app.app_context(), transaction():
        merge_cases(db.session.get_one(Case, one), db.session.get_one(Case, other), by=None)
    assert sorted(listed(deskie, f"show_merged_cases={yes}&show_active_chats={yes}")) == [one, other]
    assert listed(deskie, f"show_merged_cases={no}&show_active_chats={no}") == [other]


def test_what_is_discarded_pending_or_merged_is_not_in_the_list(app: Flask, deskie: Deskie, api: Api) -> None:
    stays, gone, spam, merged, pending = (deskie.opened()["case_id"] for _ in range(5))
    deskie.put(f"/cases/{gone}/trash.json")
    deskie.put(f"/cases/{spam}/spam.json")
    with app.app_context(), transaction():
        merge_cases(db.session.get_one(Case, merged), db.session.get_one(Case, stays), by=None)
        db.session.get_one(Case, pending).confirmed_at = None
    assert listed(deskie) == [stays]
    assert sorted(listed(deskie, show_merged_cases="True")) == [stays, merged]
    assert listed(deskie, show_merged_cases="0") == [stays]
    assert listed(deskie, filter="spam") == [spam]
    assert listed(deskie, filter="trash") == [gone]
    for query in ({"state": "any"}, {"state": "pending"}, {"not.state": "spam"}):
        assert api.post("/filters", {"name": "All", "query": query, "shared": True}).status_code == 201
    saved = [one["filter"]["filter_id"] for one in filters(deskie) if one["filter"]["isCustom"]]
    assert [sorted(listed(deskie, filter=one)) for one in saved] == [[stays, gone, spam], [], [stays, gone]]


@on_both
def test_a_page_is_read_in_so_many_statements_however_long_it_is(app: Flask, deskie: Deskie) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            deskie.opened(cc_emails="amy@customer.test,bea@customer.test")
        with queries(app) as asked:
            listed(deskie)
        counts.append(len(asked))
    assert counts[0] == counts[1]

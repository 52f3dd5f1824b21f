"""Merging cases, undoing that, and splitting: everything is found where it went, and no customer reads too much."""

from typing import Any

import pytest
from flask import Flask

from app.people.persons import known_person
from tests.api.bad_requests import UNKNOWN
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both
from tests.files.posts import a_file, posted
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in

MAX = "max@customer.test"


def opened(api: Api, *customers: str, subject: str = "I found a bug") -> str:
    """A case of the first of these customers, with the others in it."""
    case = f"/cases/{api.opened(customers[0], subject, f'{subject} of {customers[0]}')['uuid']}"
    for other in customers[1:]:
        api.post(f"{case}/participants", {"email": other})
    return case


def wrote(api: Api, case: str, text: str, by: str = BEN) -> str:
    answer = api.post(f"{case}/messages", {"from": by, "message": text})
    assert answer.status_code == 201, answer.text
    return str(answer.json["uuid"])


def merged(api: Api, case: str, into: str, **more: Any) -> Any:
    return api.post(f"{case}/merge", {"into": into.rpartition("/")[2], **more})


def texts(api: Api, case: str) -> list[str]:
    return [one["message"] for one in api.get(case).json["messages"]]


def people(api: Api, case: str) -> list[str]:
    return [one["email"] for one in api.get(case).json["participants"] if one["removed_at"] is None]


@on_both
def test_what_is_in_a_merged_case_is_found_in_the_other_and_comes_back(app: Flask, api: Api, work: Worker) -> None:
    into, case = opened(api, UNA, subject="First"), opened(api, UNA, subject="Second")
    [file] = posted(app, case.rpartition("/")[2], UNA, a_file())
    wrote(api, into, "Hello")
    note = api.post(f"{case}/notes", {"from": BEN, "note": "Twice!"}).json
    work()
    before = [api.get(path).json["items"] for path in (f"{case}/deliveries", f"{into}/deliveries")]
    was = api.get(case).json
    answer = merged(api, case, into)
    assert answer.status_code == 200, answer.text
    assert texts(api, into) == [f"First of {UNA}", f"Second of {UNA}", "See the files.", "Hello"]
    assert api.get(into).json["notes"] == [note]
    with api.get(f"/attachments/{file}") as content:
        assert content.data == b"Some notes."
    assert len(api.get(f"{into}/deliveries").json["items"]) == len(before[0]) + len(before[1])
    gone = api.get(case).json
    assert (gone["status"], gone["messages"], gone["merged_into"]) == ("closed", [], into.rpartition("/")[2])
    back = api.post(f"{case}/unmerge").json
    assert {**back, "updated_at": ""} == {**was, "updated_at": ""}
    assert texts(api, into) == [f"First of {UNA}", "Hello"]
    after = [api.get(path).json["items"] for path in (f"{case}/deliveries", f"{into}/deliveries")]
    assert after == before


@pytest.mark.parametrize(
    ("ours", "theirs", "allowed"),
    [
        ((UNA,), (UNA,), True),
        ((UNA, MAX), (MAX, UNA), True),
        ((UNA,), (MAX,), False),
        ((UNA, MAX), (UNA,), False),
        ((UNA,), (UNA, MAX), False),
    ],
)
def test_no_customer_reads_what_others_wrote_unless_somebody_says_so(
    api: Api, ours: tuple[str, ...], theirs: tuple[str, ...], allowed: bool
) -> None:
    case, into = opened(api, *ours), opened(api, *theirs)
    answer = merged(api, case, into)
    assert (answer.status_code, answer.json.get("field")) == ((200, None) if allowed else (409, "share"))
    if not allowed:
        assert merged(api, case, into, share=True).status_code == 200
    assert set(people(api, into)) == {*ours, *theirs}


def test_who_was_taken_out_of_either_case_stays_out(api: Api, app: Flask) -> None:
    case, into = opened(api, UNA, MAX), opened(api, UNA)
    with app.app_context():
        max_ = known_person(MAX, field="from").uuid
    api.delete(f"{case}/participants/{max_}")
    assert merged(api, case, into).status_code == 200
    assert people(api, into) == [UNA]


def test_customers_who_joined_by_a_merge_leave_when_it_is_undone(api: Api) -> None:
    case, into = opened(api, MAX), opened(api, UNA)
    merged(api, case, into, share=True)
    wrote(api, into, "Hello both")
    api.post(f"{case}/unmerge")
    assert (people(api, case), people(api, into)) == ([MAX], [UNA, BEN])


@on_both
def test_an_answer_to_a_mail_of_the_merged_case_goes_to_the_other(api: Api, work: Worker, outside: Outside) -> None:
    case = opened(api, UNA, subject="Second")
    wrote(api, case, "Can you tell us more?")
    work()
    into = opened(api, UNA, subject="First")
    merged(api, case, into)
    mail = next(one for one in outside.inbox(UNA) if "tell us more" in one.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    outside.reply(mail, "Here is more.")
    work()
    assert "Here is more." in texts(api, into)[-1]


def test_a_link_to_the_merged_case_opens_the_other(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    case = opened(api, UNA, subject="Second")
    work()
    link = link_in(outside.inbox(UNA)[0], "/c/")
    into = opened(api, UNA, subject="First")
    merged(api, case, into)
    page = Browser(app).open(link).text
    assert "First of Una" in page.replace("una@customer.test", "Una")
    assert "Second of Una" in page.replace("una@customer.test", "Una")


def test_a_merged_case_takes_nothing_more(api: Api) -> None:
    case, into = opened(api, UNA), opened(api, UNA)
    merged(api, case, into)
    for path, body in (
        ("messages", {"from": BEN, "message": "Hi"}),
        ("notes", {"from": BEN, "note": "Hi"}),
        ("close", None),
        ("reopen", None),
        ("participants", {"email": MAX}),
        ("ratings", {"from": UNA, "score": "high"}),
    ):
        answer = api.post(f"{case}/{path}", body)
        assert (answer.status_code, answer.json["into"]) == (409, into.rpartition("/")[2]), path


def test_what_cannot_be_merged(api: Api) -> None:
    case, into, third = (opened(api, UNA) for _ in range(3))
    for wrong in (case, f"/cases/{UNKNOWN}"):
        answer = merged(api, case, wrong)
        assert (answer.status_code, answer.json["field"]) == (422, "into")
    assert api.post(f"{case}/unmerge").status_code == 409
    merged(api, case, into)
    assert [merged(api, case, third).status_code, merged(api, third, case).status_code] == [409, 409]
    merged(api, into, third)
    assert api.post(f"{case}/unmerge").json["detail"].endswith("undo that first.")
    api.post(f"{into}/unmerge")
    assert api.post(f"{case}/unmerge").status_code == 200
    api.post("/config", {"caseConfirmation": True})
    pending = opened(api, UNA)
    assert [merged(api, pending, third).status_code, merged(api, third, pending).status_code] == [409, 409]


@on_both
def test_some_messages_become_a_case_of_their_own(api: Api, work: Worker, outside: Outside) -> None:
    case = opened(api, UNA, MAX)
    moved = [wrote(api, case, "By the way", MAX), wrote(api, case, "That is another matter")]
    wrote(api, case, "Back to the bug", UNA)
    work()
    heard = [len(outside.inbox(one)) for one in (UNA, MAX, BEN)]
    new = api.post(f"{case}/split", {"messages": moved, "subject": "Another matter"})
    assert new.status_code == 201, new.text
    assert (new.json["subject"], new.json["requester"]["email"]) == ("Another matter", MAX)
    assert [one["email"] for one in new.json["participants"]] == [MAX, BEN]
    assert [one["message"] for one in new.json["messages"]] == ["By the way", "That is another matter"]
    assert texts(api, case) == [f"I found a bug of {UNA}", "Back to the bug"]
    work()
    assert [len(outside.inbox(one)) for one in (UNA, MAX, BEN)] == heard


def test_the_message_that_opened_a_case_stays_and_foreign_ones_are_refused(api: Api) -> None:
    case, other = opened(api, UNA), opened(api, UNA)
    [first] = api.get(case).json["messages"]
    body = {"messages": [first["uuid"]], "subject": "Another matter"}
    assert api.post(f"{case}/split", body).status_code == 409
    answer = api.post(f"{other}/split", body)
    assert (answer.status_code, answer.json["field"]) == (422, "messages")
    for messages in ([], "x", [5], None):
        answer = api.post(f"{case}/split", {**body, "messages": messages})
        assert (answer.status_code, answer.json["field"].partition(".")[0]) == (422, "messages")

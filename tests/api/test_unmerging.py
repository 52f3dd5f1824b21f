"""Merging, splitting and undoing in any order: every case keeps what it needs, and everybody his place."""

import pytest
from flask import Flask

from app.cases.invitations import invite_next
from app.cases.models import Case
from app.cases.queries import first_post, first_post_id
from app.extensions import db
from app.transaction import transaction
from tests.api.test_merging import MAX, merged, opened, people, texts, wrote
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both
from tests.sandbox import Outside


def split_off(api: Api, case: str, *texts: str) -> str:
    found = {one["message"]: one["uuid"] for one in api.get(case).json["messages"]}
    new = api.post(f"{case}/split", {"messages": [found[text] for text in texts], "subject": "Another matter"})
    assert new.status_code == 201, new.text
    return f"/cases/{new.json['uuid']}"


@on_both
@pytest.mark.parametrize("older_stays", [True, False])
def test_no_case_is_left_without_a_message_when_a_merge_is_undone(api: Api, older_stays: bool) -> None:
    older, newer = opened(api, UNA, subject="Older"), opened(api, UNA, subject="Newer")
    case, into = (newer, older) if older_stays else (older, newer)
    merged(api, case, into)
    rest = split_off(api, into, f"Newer of {UNA}")
    answer = api.post(f"{case}/unmerge")
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    assert (len(texts(api, into)), api.get(case).json["merged_into"]) == (1, into.rpartition("/")[2])
    assert merged(api, rest, into).status_code == 200
    assert api.post(f"{case}/unmerge").status_code == 200
    assert (len(texts(api, older)), len(texts(api, newer))) == (1, 1)


@on_both
def test_a_case_begins_with_a_message_and_never_with_a_note(app: Flask, api: Api, work: Worker) -> None:
    older, newer = opened(api, UNA, subject="Older"), opened(api, UNA, subject="Newer")
    api.post(f"{newer}/notes", {"from": BEN, "note": "Not for una"})
    wrote(api, newer, "Hello")
    merged(api, newer, older)
    split_off(api, older, f"Newer of {UNA}")
    assert api.post(f"{newer}/unmerge").status_code == 200
    with app.app_context(), transaction():
        case = db.session.get_one(Case, 2)
        assert (first_post(case).body, first_post_id(case)) == ("Hello", first_post(case).id)
        invite_next(case)
    work()


@on_both
def test_whoever_left_by_undoing_a_merge_joins_again_by_the_next_one(api: Api, work: Worker, outside: Outside) -> None:
    case, into = opened(api, MAX), opened(api, UNA)
    for _ in range(2):
        assert merged(api, case, into, share=True).status_code == 200
        assert people(api, into) == [UNA, MAX]
        assert api.post(f"{case}/unmerge").status_code == 200
        assert people(api, into) == [UNA]
    merged(api, case, into, share=True)
    wrote(api, into, "Hello both")
    work()
    assert sum("Hello both" in str(mail.get_body(("plain",))) for mail in outside.inbox(MAX)) == 1


def test_whoever_was_taken_out_of_the_merged_case_does_not_join_again(api: Api) -> None:
    case, into = opened(api, UNA, MAX), opened(api, UNA)
    merged(api, case, into, share=True)
    api.post(f"{case}/unmerge")
    max_ = next(one["uuid"] for one in api.get(case).json["participants"] if one["email"] == MAX)
    api.delete(f"{case}/participants/{max_}")
    assert merged(api, case, into).status_code == 200
    assert people(api, into) == [UNA]


@on_both
def test_a_status_that_has_another_base_since_is_not_given_back(api: Api) -> None:
    api.post("/statuses", {"label": "At the workshop", "base": "waiting"})
    case, into = opened(api, UNA), opened(api, UNA)
    api.patch(case, {"custom_status": "At the workshop"})
    merged(api, case, into)
    assert api.patch("/statuses/At the workshop", {"base": "resolved"}).status_code == 200
    back = api.post(f"{case}/unmerge").json
    assert (back["status"], back["custom_status"]) == ("waiting", None)


def test_a_merged_case_is_linked_to_nothing(api: Api) -> None:
    case, into, third = (opened(api, UNA) for _ in range(3))
    merged(api, case, into)
    for one, other in ((case, third), (third, case)):
        answer = api.post(f"{one}/links", {"case": other.rpartition("/")[2], "kind": "related"})
        assert (answer.status_code, answer.json["into"]) == (409, into.rpartition("/")[2])


def test_a_case_that_was_split_off_knows_who_wrote_last(app: Flask, api: Api) -> None:
    case = opened(api, UNA)
    for by in (UNA, BEN):
        wrote(api, case, f"By {by}", by)
    split_off(api, case, f"By {UNA}", f"By {BEN}")
    with app.app_context():
        new = db.session.get_one(Case, 2)
        by_una, by_ben = new.posts
        assert (new.last_customer_post_at, new.last_team_post_at) == (by_una.created_at, by_ben.created_at)


def test_who_was_taken_out_is_not_the_requester_of_what_is_split_off(api: Api, work: Worker, outside: Outside) -> None:
    case = opened(api, UNA, MAX)
    wrote(api, case, "By the way", MAX)
    max_ = next(one["uuid"] for one in api.get(case).json["participants"] if one["email"] == MAX)
    api.delete(f"{case}/participants/{max_}")
    new = split_off(api, case, "By the way")
    assert (api.get(new).json["requester"]["email"], people(api, new)) == (UNA, [UNA])
    wrote(api, new, "This is another matter")
    work()
    assert sum("another matter" in str(mail.get_body(("plain",))) for mail in outside.inbox(UNA)) == 1

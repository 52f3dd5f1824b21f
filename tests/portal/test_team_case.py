"""Reading a case as the team does, and writing on it."""

import time
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.files.posts import a_picture, posted, posted_often
from tests.portal.browser import Browser
from tests.portal.team_case import now
from tests.sandbox import Outside


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


def test_a_canned_answer_is_put_behind_what_was_typed_and_sends_nothing(
    api: Api, case: Any, cast: Cast, ben: Browser
) -> None:
    answer = api.as_(cast.keys["ben"]).post("/canned-answers", {"title": "Switch", "text": "Please try the switch."})
    ben.open(f"/team/cases/{case['uuid']}")
    page = ben.press("/reply").request.path
    assert page.endswith("/reply")
    insert = f"/team/cases/{case['uuid']}/insert"
    assert ben.submit_to(insert, message="Hello", answer=answer.json["uuid"]).status_code == 200
    assert ben.page is not None
    assert "Hello\n\nPlease try the switch." in ben.page.text.replace("\r", "")
    assert len(now(api, case)["messages"]) == 1


def test_reading_is_noted_by_a_button_and_not_by_looking(case: Any, ben: Browser) -> None:
    assert "Mark as read" in ben.open(f"/team/cases/{case['uuid']}").text
    assert 'class="unread"' in ben.open("/team").text
    ben.open(f"/team/cases/{case['uuid']}")
    assert "Mark as read" not in ben.press("/read").text
    assert 'class="unread"' not in ben.open("/team").text


def test_a_case_that_is_not_there_is_not_found(ben: Browser) -> None:
    assert ben.open("/team/cases/01a200d0-39b5-7136-a763-74a3c46a113b").status_code == 404


def test_a_reply_and_a_note_take_files_along(api: Api, case: Any, ben: Browser, work: Worker, outside: Outside) -> None:
    several = [(BytesIO(b"The plan."), "plan.txt"), (BytesIO(b"The bill."), "bill <b>.txt")]
    page = ben.press("/reply", message="Two files.", files=several)
    assert "plan.txt" in page.text
    assert "bill &lt;b&gt;.txt" in page.text
    page = ben.press("/note", note="One for us.", files=[(BytesIO(b"Secret."), "secret.txt")])
    address = page.text.split("secret.txt")[0].rsplit('href="', 1)[1].split('"')[0]
    with ben.client.get(address) as saved:
        assert (saved.data, saved.headers["Content-Disposition"].split(";")[0]) == (b"Secret.", "attachment")
    work()
    assert [one.get_filename() for one in outside.inbox(UNA)[-1].iter_attachments()] == ["plan.txt", "bill <b>.txt"]
    assert "secret.txt" not in "".join(mail.as_string() for mail in outside.inbox(UNA))


@pytest.mark.parametrize(("to", "name"), [("reply", "message"), ("note", "note")])
def test_a_file_that_is_too_large_is_refused_in_a_sentence_and_the_text_stays(
    case: Any, ben: Browser, to: str, name: str
) -> None:
    assert ben.page is not None
    token = ben.page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    film = FileStorage(BytesIO(b"x" * (25 * 1024 * 1024 + 1)), "film.mp4")
    # Encoded here, since the client leaves large ones in files that it does not close.
    boundary, body = encode_multipart({"csrf_token": token, name: "A film.", "files": film})
    kind = f'multipart/form-data; boundary="{boundary}"'
    page = ben.client.post(f"/team/cases/{case['uuid']}/{to}", data=body, content_type=kind)
    assert page.status_code == 422
    assert "A file must be at most 25 MB large." in page.text
    assert "A film.</textarea>" in page.text


def test_what_is_larger_than_any_answer_is_refused_on_the_page(case: Any, ben: Browser) -> None:
    length = {"CONTENT_LENGTH": str(53 * 1024 * 1024)}
    page = ben.client.post(f"/team/cases/{case['uuid']}/reply", environ_overrides=length)
    assert page.status_code == 413
    assert "The files are too large." in page.text


def test_long_histories_come_page_by_page_with_notes_among_them(app: Flask, api: Api, case: Any, ben: Browser) -> None:
    for number in range(30):
        api.post(f"/cases/{case['uuid']}/messages", {"from": UNA, "message": f"Message {number}."})
        api.post(f"/cases/{case['uuid']}/notes", {"from": BEN, "note": f"Remark {number}."})
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert page.count('class="message') == 20
    assert "Remark 29." in page
    assert "Message 19." not in page
    earlier = page.split("?before=")[1].split('"')[0]
    page = ben.client.get(f"/team/cases/{case['uuid']}?before={earlier}").text
    assert page.count('class="message') == 20
    assert "Message 19." in page
    assert "Message 20." not in page
    assert "Go to the latest messages" in page
    assert 'action="/team/cases/' + case["uuid"] + "/reply" not in page
    assert "Remark 29." in ben.press("/priority", priority="high").text


@pytest.mark.parametrize("before", ["0", "-1", "9" * 40, "x"])
def test_a_page_before_nothing_is_that_of_the_latest(case: Any, ben: Browser, before: str) -> None:
    answer = ben.client.get(f"/team/cases/{case['uuid']}?before={before}")
    assert answer.status_code == 200
    assert "It is &lt;i&gt;dark&lt;/i&gt;." in answer.text


def test_a_case_of_200_messages_costs_at_most_three_times_one_of_5(app: Flask, case: Any, ben: Browser) -> None:
    def seconds() -> float:
        taken = []
        for _ in range(8):
            began = time.process_time()
            ben.open(f"/team/cases/{case['uuid']}")
            taken.append(time.process_time() - began)
        return min(taken)

    posted_often(app, str(case["uuid"]), UNA, times=4, address=AMY)
    few = seconds()
    posted_often(app, str(case["uuid"]), UNA, times=195, address=AMY)
    many = seconds()
    assert many < 3 * few, (few, many)


def test_quoted_text_is_folded_and_pictures_stand_in_their_place(app: Flask, case: Any, ben: Browser) -> None:
    [picture] = posted(app, case["uuid"], UNA, a_picture(), text="Look.\n> What?", visible=((0, 5),))
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert page.index("Quoted text") < page.index("&gt; What?")
    assert f'<img src="/team/cases/{case["uuid"]}/files/{picture}"' in page
    assert "By mail" in page

"""Messages by Deskie's dialect: read, written, changed and deleted, and mailed as they should be."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.clock import now
from app.people.persons import disable_person, known_person
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import AMY, BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.queries import queries
from tests.sandbox import Outside

TEXT = "It is out, write to amy@team.test if not."
AN_HOUR = timedelta(hours=1)

Staff = Callable[[str], Deskie]


@pytest.fixture
def case(deskie: Deskie, work: Worker) -> str:
    """The path of a case of una's, of which everybody has been told."""
    number = deskie.opened(UNA)["case_id"]
    work()
    return f"/cases/{number}"


def wrote(deskie: Deskie, case: str, **said: Any) -> Any:
    answer = deskie.post(f"{case}/messages.json", {"message": {"content": TEXT, **said}})
    assert answer.status_code == 201, answer.text
    return answer.json["message"]


def listed(deskie: Deskie, case: str, asked: str = "") -> list[Any]:
    found = deskie.get(f"{case}/messages.json{asked}").json
    assert found.keys() == {*map(str, range(len(found) - 1)), "total_count"}
    return [found[str(number)]["message"] for number in range(len(found) - 1)]


def heard(outside: Outside, address: str = UNA) -> list[Any]:
    return [one for one in outside.inbox(address) if "It is out" in one.get_content()]


@on_both
def test_a_message_is_mailed_once_and_shows_nobodys_address(
    deskie: Deskie, cast: Cast, case: str, work: Worker, outside: Outside
) -> None:
    message = wrote(deskie, case)
    assert (message["staff_id"], message["user_id"], message["note"]) == (cast.ben.id, 0, False)
    assert (message["content"], message["content_html"], message["attachments"]) == (TEXT, "", [])
    assert (message["sent_via_rule"], message["created_at"]) == (False, message["sent_at"])
    for _ in range(2):
        work()
    [mail] = heard(outside)
    assert mail["From"].addresses[0].display_name == "Ben (Support)"
    assert BEN not in mail.as_string()
    assert AMY not in mail.as_string()
    assert deskie.get(f"{case}.json").json["case"]["status"] == "waiting"
    assert listed(deskie, case)[-1] == message


def test_the_author_is_the_user_the_staff_member_or_the_caller(deskie: Deskie, cast: Cast, case: str) -> None:
    assert wrote(deskie, case, user_id=str(cast.una.id))["user_id"] == cast.una.id
    assert wrote(deskie, case, staff_id=cast.amy.id)["staff_id"] == cast.amy.id
    assert wrote(deskie, case, staff_id=0)["staff_id"] == cast.ben.id


def test_a_user_is_named_by_his_id_in_the_channel_of_the_case(deskie: Deskie) -> None:
    case = deskie.opened(user_email="", user_custom_id="u-7", channel="cch1")
    said = wrote(deskie, f"/cases/{case['case_id']}", user_custom_id="u-7")
    assert said["user_id"] == case["user_id"]
    other = deskie.opened(user_email="", user_custom_id="u-7", channel="cch2")
    answer = deskie.post(
        f"/cases/{case['case_id']}/messages.json", {"message": {"content": TEXT, "user_id": other["user_id"]}}
    )
    assert (answer.status_code, answer.json["error"]) == (422, "wrong_user_id")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"content": ""}, "empty_content"),
        ({}, "empty_content"),
        ({"content": TEXT, "user_id": 99999}, "wrong_user_id"),
        ({"content": TEXT, "staff_id": 99999}, "wrong_staff_id"),
        ({"content": TEXT, "user_custom_id": "nobody"}, "wrong_user_custom_id"),
        ({"content": TEXT, "created_at": "2099-01-01"}, "wrong_created_at"),
        ({"content": TEXT, "created_at": "yesterday"}, "wrong_created_at"),
        ({"content": TEXT, "send_at": "2020-01-01"}, "wrong_send_at"),
        ({"content": TEXT, "send_at": "2099-01-01", "created_at": "2020-01-01"}, "wrong_send_at"),
        ({"content": TEXT, "do_not_send_email": "perhaps"}, "wrong_do_not_send_email"),
        ({"content": TEXT, "attachment_urls": ["http://127.0.0.1/"]}, "wrong_attachment_urls"),
    ],
)
def test_what_is_wrong_is_named(deskie: Deskie, case: str, said: Any, error: str) -> None:
    answer = deskie.post(f"{case}/messages.json", {"message": said})
    assert (answer.status_code, answer.json["error"]) == (422, error)


def test_a_stranger_and_a_user_of_another_case_write_nothing(deskie: Deskie, case: str) -> None:
    eve = deskie.opened(EVE)["user_id"]
    answer = deskie.post(f"{case}/messages.json", {"message": {"content": TEXT, "user_id": eve}})
    assert (answer.status_code, answer.json["error"]) == (422, "wrong_user_id")


def test_a_staff_member_who_is_disabled_writes_nothing(app: Flask, deskie: Deskie, cast: Cast, case: str) -> None:
    with app.app_context(), transaction():
        disable_person(known_person(AMY, field="from"), by=None)
    for path, said in (("messages", "staff_id"), ("note", "note_staff_id"), ("note", "staff_id")):
        answer = deskie.post(f"{case}/{path}.json", {"message": {"content": TEXT, said: cast.amy.id}})
        assert (answer.status_code, answer.json["error"]) == (422, "staff_not_active"), said


def test_a_body_without_its_envelope_and_a_case_that_is_not_there_are_refused(deskie: Deskie, case: str) -> None:
    assert deskie.post(f"{case}/messages.json", {"content": TEXT}).json["error"] == "wrong_request"
    for call in (deskie.get, deskie.post):
        said = {"json": {"message": {"content": TEXT}}} if call == deskie.post else {}
        assert call("/cases/99999/messages.json", **said).json["error"] == "case_not_found"


def test_html_is_made_safe_and_read_as_text(deskie: Deskie, case: str) -> None:
    message = wrote(deskie, case, content="", content_html="<p onclick='x()'>It is <b>out</b>.</p><script>1</script>")
    assert (message["content"], message["content_html"]) == ("It is out.", "<p>It is <b>out</b>.</p>")


@on_both
def test_a_message_of_another_time_is_told_to_nobody_and_changes_nothing(
    deskie: Deskie, api: Api, cast: Cast, case: str, work: Worker, outside: Outside
) -> None:
    before = deskie.get(f"{case}.json").json["case"]
    message = wrote(deskie, case, created_at="2021-12-01 09:30:00", user_id=cast.una.id)
    assert message["created_at"] == message["sent_at"] == "Wed, 01 Dec 2021 09:30:00 +0000"
    wrote(deskie, case, created_at=1638351000)
    work()
    assert (heard(outside), heard(outside, AMY)) == ([], [])
    after = deskie.get(f"{case}.json").json["case"]
    assert (after["status"], after["last_response_at"]) == (before["status"], before["last_response_at"])
    [native] = api.get(f"/cases?reference={after['case_number']}&expand=messages").json["items"]
    assert [one["mailed"] for one in native["messages"]] == [True, False, False]


def test_a_message_that_is_not_to_be_mailed_says_so_in_its_deliveries(
    deskie: Deskie, api: Api, case: str, work: Worker, outside: Outside
) -> None:
    wrote(deskie, case, do_not_send_email=True)
    work()
    assert heard(outside) == []
    reference = deskie.get(f"{case}.json").json["case"]["case_number"]
    [native] = api.get(f"/cases?reference={reference}").json["items"]
    *_, last = api.get(f"/cases/{native['uuid']}/deliveries").json["items"]
    assert (last["to"]["email"], last["status"], last["rejection"]) == (UNA, "rejected", "dropped")


def test_a_delayed_message_is_mailed_when_its_time_has_come(
    deskie: Deskie, case: str, work: Worker, outside: Outside
) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        message = wrote(deskie, case, send_at=(now() + AN_HOUR).strftime("%Y-%m-%d %H:%M:%S"))
        assert message["created_at"] != message["sent_at"]
        assert listed(deskie, case)[-1] == message
        work()
        assert heard(outside) == []
        clock.shift(AN_HOUR)
        work()
        assert len(heard(outside)) == 1
        sent = listed(deskie, case)[-1]
        assert sent["created_at"] == sent["sent_at"] == message["sent_at"]


def test_several_cases_get_a_message_at_once_and_what_cannot_is_left_out(
    deskie: Deskie, work: Worker, outside: Outside
) -> None:
    one, other, away = (deskie.opened(UNA)["case_id"] for _ in range(3))
    deskie.put(f"/cases/{away}/trash.json")
    answer = deskie.post(f"/cases/{one},{away},99999,{other}/messages.json", {"message": {"content": TEXT}})
    assert (answer.status_code, answer.json) == (201, {"case_success_id": [one, other]})
    work()
    assert len(heard(outside)) == 2


def test_a_case_that_is_named_by_its_id_and_its_number_gets_a_message_once(deskie: Deskie) -> None:
    one = deskie.opened()
    path = f"/cases/{one['case_id']},{one['case_number']},0{one['case_id']}/messages.json"
    assert deskie.post(path, {"message": {"content": "Once"}}).json == {"case_success_id": [one["case_id"]]}
    assert deskie.get(f"/cases/{one['case_id']}/messages.json").json["total_count"] == 2


def test_a_list_is_the_last_hundred_or_a_page_in_either_order(deskie: Deskie, case: str) -> None:
    for number in range(104):
        wrote(deskie, case, content=f"{number}", created_at="2021-12-01")
    whole = [one["content"] for one in listed(deskie, case)]
    assert whole == [f"{number}" for number in range(4, 104)]
    assert [one["content"] for one in listed(deskie, case, "?order=desc")] == whole[::-1]
    assert [one["content"] for one in listed(deskie, case, "?page=2&limit=3")] == ["2", "3", "4"]
    assert [one["content"] for one in listed(deskie, case, "?limit=2&order=desc")] == ["103", "102"]
    assert listed(deskie, case, "?page=0&limit=2") == listed(deskie, case, "?page=1&limit=2")
    assert len(listed(deskie, case, "?page=2")) == 5
    assert deskie.get(f"{case}/messages.json?page=9").json == {"total_count": 105}


@pytest.mark.parametrize(
    ("asked", "error"), [("page=501", "page"), ("limit=0", "limit"), ("limit=101", "limit"), ("order=up", "order")]
)
def test_a_page_that_cannot_be_is_refused(deskie: Deskie, case: str, asked: str, error: str) -> None:
    assert deskie.get(f"{case}/messages.json?{asked}").json["error"] == f"wrong_{error}"


def test_a_long_page_costs_no_more_questions_than_a_short_one(app: Flask, deskie: Deskie, case: str) -> None:
    counts = []
    for _ in range(3):
        for author in ("user_id", "staff_id"):
            said = {"message[content]": TEXT, f"message[{author}]": "1" if author == "user_id" else "2"}
            files = {f"message[attachments][{number}]": (io.BytesIO(b"Hi"), "a.txt") for number in range(2)}
            assert deskie.post(f"{case}/messages.json", data=said | files).status_code == 201
        [*_, last] = listed(deskie, case)
        deskie.put(f"{case}/rate/{last['message_id']}.json", {"rate": {"rating": "high"}})
        with queries(app) as asked:
            assert listed(deskie, case)
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_a_message_is_edited_by_its_author_and_by_agents(deskie: Deskie, staff: Staff, cast: Cast, case: str) -> None:
    his, hers = (wrote(deskie, case, staff_id=one.id)["message_id"] for one in (cast.ben, cast.amy))
    said = {"message": {"content": "Edited content"}}
    assert deskie.put(f"{case}/messages/{hers}.json", said).json["message"]["content"] == "Edited content"
    answer = staff("amy").put(f"{case}/messages/{his}.json", said)
    assert (answer.status_code, answer.json["error"]) == (403, "staff_has_not_access")
    assert (
        staff("amy").put(f"{case}/messages/{hers}.json", {"message": {"content_html": "<b>So</b>"}}).status_code == 200
    )
    assert [one["content"] for one in listed(deskie, case)[1:]] == [TEXT, "So"]


@on_both
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_message_is_found_on_its_own_case_alone(deskie: Deskie, case: str, method: str) -> None:
    message, other = wrote(deskie, case)["message_id"], deskie.opened(UNA)["case_id"]
    for path in (f"/cases/{other}/messages/{message}", f"{case}/messages/{'9' * 10}", f"{case}/messages/x"):
        answer = deskie.call(method, f"{path}.json", json={"message": {"content": "x"}})
        assert (answer.status_code, answer.json["error"]) == (404, "message_not_found"), path
    answer = deskie.call(method, f"/cases/99999/messages/{message}.json", json={"message": {"content": "x"}})
    assert answer.json["error"] == "case_not_found"


def test_a_deleted_message_is_gone_and_what_waits_of_it_is_not_mailed(
    deskie: Deskie, case: str, work: Worker, outside: Outside
) -> None:
    [first] = listed(deskie, case)
    message = wrote(deskie, case)
    answer = deskie.delete(f"{case}/messages/{message['message_id']}.json")
    assert (answer.status_code, answer.json) == (200, {})
    work()
    assert heard(outside) == []
    assert listed(deskie, case) == [first]
    assert deskie.delete(f"{case}/messages/{first['message_id']}.json").status_code == 409

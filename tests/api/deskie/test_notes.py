"""Notes by Deskie's dialect, which never leave the house."""

from typing import Any

import pytest

from tests.api.deskie.client import Deskie
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.sandbox import Outside

TEXT = "She has called twice."


@pytest.fixture
def case(deskie: Deskie) -> str:
    return f"/cases/{deskie.opened(UNA)['case_id']}"


def noted(deskie: Deskie, case: str, path: str = "note", envelope: str = "note", **said: Any) -> Any:
    answer = deskie.post(f"{case}/{path}.json", {envelope: {"content": TEXT, **said}})
    assert answer.status_code == 201, answer.text
    return answer.json["message"]


@on_both
@pytest.mark.parametrize("path", ["note", "notes"])
@pytest.mark.parametrize("envelope", ["note", "message"])
def test_a_note_is_shown_among_the_messages_and_mailed_to_nobody(
    deskie: Deskie, cast: Cast, case: str, path: str, envelope: str, work: Worker, outside: Outside
) -> None:
    note = noted(deskie, case, path, envelope)
    assert (note["staff_id"], note["user_id"], note["note"]) == (cast.ben.id, 0, True)
    assert deskie.get(f"{case}/messages.json").json["1"] == {"message": note}
    work()
    for address in (UNA, BEN, AMY):
        assert all(TEXT not in one.as_string() for one in outside.inbox(address)), address


@pytest.mark.parametrize("word", ["note_staff_id", "staff_id"])
def test_a_note_is_the_staff_members_who_is_named(deskie: Deskie, cast: Cast, case: str, word: str) -> None:
    assert noted(deskie, case, **{word: str(cast.amy.id)})["staff_id"] == cast.amy.id
    answer = deskie.post(f"{case}/note.json", {"note": {"content": TEXT, word: cast.una.id}})
    assert (answer.status_code, answer.json["error"]) == (422, f"wrong_{word}")


def test_a_note_is_written_and_edited_as_html(deskie: Deskie, case: str) -> None:
    html = "<p>She has <b>called</b> twice.</p>"
    note = noted(deskie, case, content="", content_html=html)
    assert (note["content"], note["content_html"]) == (TEXT, html)
    said = {"note": {"content_html": html.replace("twice", "again")}}
    edited = deskie.put(f"{case}/note/{note['message_id']}.json", said).json["message"]
    assert (edited["content"], edited["content_html"]) == ("She has called again.", html.replace("twice", "again"))
    for method, path in (("POST", f"{case}/note.json"), ("PUT", f"{case}/note/{note['message_id']}.json")):
        answer = deskie.call(method, path, json={"note": {"content": " "}})
        assert (answer.status_code, answer.json["error"]) == (422, "empty_content")


def test_a_note_may_be_of_another_time(deskie: Deskie, case: str) -> None:
    before = deskie.get(f"{case}.json").json["case"]["last_response_at"]
    assert noted(deskie, case, created_at=1638351000)["created_at"] == "Wed, 01 Dec 2021 09:30:00 +0000"
    assert deskie.get(f"{case}.json").json["case"]["last_response_at"] == before
    answer = deskie.post(f"{case}/note.json", {"note": {"content": TEXT, "created_at": "2099-01-01"}})
    assert (answer.status_code, answer.json["error"]) == (422, "wrong_created_at")


def test_several_cases_get_a_note_at_once(deskie: Deskie) -> None:
    one, other = (deskie.opened(UNA)["case_id"] for _ in range(2))
    answer = deskie.post(f"/cases/{one},99999,{other}/note.json", {"note": {"content": TEXT}})
    assert answer.json == {"case_success_id": [one, other]}


@pytest.mark.parametrize("path", ["note", "messages"])
@pytest.mark.parametrize("envelope", ["note", "message"])
def test_a_note_is_edited_and_deleted_at_either_address(deskie: Deskie, case: str, path: str, envelope: str) -> None:
    number = noted(deskie, case)["message_id"]
    edited = deskie.put(f"{case}/{path}/{number}.json", {envelope: {"content": "Edited content"}}).json["message"]
    assert (edited["content"], edited["note"]) == ("Edited content", True)
    assert deskie.delete(f"{case}/{path}/{number}.json").status_code == 200
    assert deskie.get(f"{case}/messages.json").json["total_count"] == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_message_is_no_note(deskie: Deskie, case: str, method: str) -> None:
    message = deskie.post(f"{case}/messages.json", {"message": {"content": "Hi"}}).json["message"]["message_id"]
    answer = deskie.call(method, f"{case}/note/{message}.json", json={"note": {"content": "x"}})
    assert (answer.status_code, answer.json["error"]) == (404, "message_not_found")

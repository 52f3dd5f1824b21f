"""Messages that are put on a case and mailed to nobody, and say so."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app.clock import now
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both
from tests.sandbox import Outside

TEXT = "As we said on the telephone."


@pytest.fixture
def case(api: Api, work: Worker) -> str:
    """A case of una's, of which everybody has been told."""
    case = f"/cases/{api.opened(UNA)['uuid']}"
    work()
    return case


def posted(api: Api, case: str, **more: Any) -> Any:
    answer = api.post(f"{case}/messages", {"from": BEN, "message": TEXT, **more})
    assert answer.status_code == 201, answer.text
    return answer.json


def deliveries(api: Api, case: str, message: Any) -> list[Any]:
    return [one for one in api.get(f"{case}/deliveries").json["items"] if one["message"] == message["uuid"]]


@on_both
def test_it_is_on_the_case_and_its_deliveries_say_that_nobody_was_mailed(
    api: Api, case: str, work: Worker, outside: Outside
) -> None:
    before = len(outside.inbox(UNA))
    message = posted(api, case, mailed=False)
    work()
    assert len(outside.inbox(UNA)) == before
    assert message["mailed"] is False
    assert (api.get(case).json["status"], api.get(case).json["messages"][-1]) == ("waiting", message)
    told = [(one["to"]["email"], one["status"], one["rejection"]) for one in deliveries(api, case, message)]
    assert told == [(UNA, "rejected", "dropped")]
    [delivery] = deliveries(api, case, message)
    assert delivery["answer"] == "Not sent: this message was posted to be mailed to nobody."
    assert api.post(f"/deliveries/{delivery['uuid']}/retry").status_code == 409
    work()
    assert len(outside.inbox(UNA)) == before


def test_a_later_mail_does_not_answer_what_its_reader_never_got(
    api: Api, case: str, work: Worker, outside: Outside
) -> None:
    posted(api, case, mailed=False)
    posted(api, case, message="And now by mail.")
    work()
    *_, got, last = outside.inbox(UNA)
    assert last["In-Reply-To"] == got["Message-ID"]


@pytest.mark.settings(CASEY_CASE_SEND_COPY="true")
def test_not_even_its_author_gets_a_copy(api: Api, case: str, work: Worker, outside: Outside) -> None:
    before = len(outside.inbox(BEN))
    posted(api, case, mailed=False)
    work()
    assert len(outside.inbox(BEN)) == before


def test_a_message_that_is_sent_later_is_mailed_to_nobody_then(
    api: Api, case: str, work: Worker, outside: Outside
) -> None:
    before, at = len(outside.inbox(UNA)), now() + timedelta(hours=1)
    message = posted(api, case, mailed=False, send_at=at.isoformat())
    assert deliveries(api, case, message) == []
    with time_machine.travel(at + timedelta(seconds=1)):
        work()
        assert len(outside.inbox(UNA)) == before
        assert [one["status"] for one in deliveries(api, case, message)] == ["rejected"]
        assert api.get(case).json["messages"][-1]["uuid"] == message["uuid"]

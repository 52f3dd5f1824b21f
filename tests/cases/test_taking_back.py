"""Cases that were spam or in the trash by mistake: what waited goes on, once, and says how it stands meanwhile."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.cases.discarding import mark_spam, trash_case
from app.cases.leaving import remove_participant
from app.cases.models import Case
from app.clock import now
from app.extensions import db
from app.jobs import cases as jobs
from app.mail.models import OutboundEmail
from app.mail.sending.delivering.delivery import claim_mail, send
from app.people.persons import disable_person, known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.sandbox import Outside

AN_HOUR = timedelta(hours=1)
TEXT = "Try it again, please."
WAYS = (("spam", "unspam"), ("spam", "restore"), ("trash", "restore"))


@pytest.fixture
def clock() -> Iterator[Any]:
    """The present moment, which moves only when it is shifted."""
    with time_machine.travel(now(), tick=False) as clock:
        yield clock


@pytest.fixture
def case(clock: Any, api: Api, work: Worker) -> str:
    """A case of una's, of which everybody has been told."""
    case = f"/cases/{api.opened(UNA)['uuid']}"
    work()
    return case


def answered(api: Api, case: str, **more: str) -> str:
    answer = api.post(f"{case}/messages", {"from": BEN, "message": TEXT, **more})
    assert answer.status_code == 201, answer.text
    return f"{case}/messages/{answer.json['uuid']}"


def act(api: Api, case: str, how: str) -> None:
    assert api.post(f"{case}/{how}").status_code == 200


def heard(outside: Outside, who: str = UNA, text: str = TEXT) -> int:
    return sum(text in mail.get_body(("plain",)).get_content() for mail in outside.inbox(who))  # type: ignore[union-attr]


def standing(api: Api, case: str, purpose: str, who: str = UNA) -> list[str]:
    """How far the mails of this purpose to somebody got."""
    mails = api.get(f"{case}/deliveries").json["items"]
    return [one["status"] for one in mails if (one["purpose"], one["to"]["email"]) == (purpose, who)]


@on_both
@pytest.mark.parametrize(("there", "back"), WAYS)
def test_an_answer_of_a_discarded_case_is_parked_and_sent_once_when_it_is_taken_back(
    api: Api, case: str, work: Worker, outside: Outside, there: str, back: str
) -> None:
    answered(api, case)
    act(api, case, there)
    work()
    assert (standing(api, case, "message"), heard(outside)) == (["parked"], 0)
    for _ in range(2):
        act(api, case, back)
        work()
        assert (standing(api, case, "message"), heard(outside)) == (["sent"], 1)


def test_what_is_spam_and_in_the_trash_is_sent_when_it_is_neither(
    api: Api, case: str, work: Worker, outside: Outside
) -> None:
    answered(api, case)
    for how in ("spam", "trash", "unspam", "spam"):
        act(api, case, how)
        work()
        assert standing(api, case, "message") == ["parked"]
    act(api, case, "restore")
    work()
    assert heard(outside) == 1


@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")
def test_a_receipt_is_dropped_for_good_and_the_team_is_asked_later(api: Api, work: Worker, outside: Outside) -> None:
    case = f"/cases/{api.opened(UNA)['uuid']}"
    act(api, case, "spam")
    act(api, case, "unspam")
    work()
    assert (standing(api, case, "initial"), outside.inbox(UNA)) == (["rejected"], [])
    assert standing(api, case, "invitation", BEN) == ["sent"]


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_no_stranger_is_asked_to_confirm_what_was_spam(api: Api, work: Worker, outside: Outside) -> None:
    case = f"/cases/{api.opened(UNA)['uuid']}"
    act(api, case, "spam")
    act(api, case, "unspam")
    work()
    assert (standing(api, case, "confirmation"), outside.inbox(UNA)) == (["rejected"], [])


@pytest.mark.parametrize("how", ["removed", "disabled", "deleted"])
def test_what_is_parked_is_not_sent_to_who_may_not_read_it_any_more(
    app: Flask, api: Api, case: str, work: Worker, outside: Outside, how: str
) -> None:
    message = answered(api, case)
    act(api, case, "trash")
    with app.app_context(), transaction():
        una = known_person(UNA, field="from")
        if how == "removed":
            remove_participant(db.session.get_one(Case, 1), una, by=None)
        elif how == "disabled":
            disable_person(una, by=None)
    if how == "deleted":
        assert api.delete(message).status_code == 200
    act(api, case, "restore")
    work()
    assert (standing(api, case, "message"), heard(outside)) == (["rejected"], 0)


def test_mail_of_a_discarded_case_is_not_sent_again_by_hand(api: Api, case: str) -> None:
    answered(api, case)
    act(api, case, "trash")
    for mail in api.get(f"{case}/deliveries").json["items"]:
        assert api.post(f"/deliveries/{mail['uuid']}/retry").status_code == 409


@on_both
@pytest.mark.parametrize("discard", [mark_spam, trash_case])
def test_what_is_being_sent_when_its_case_is_discarded_stays_here_too(
    app: Flask, api: Api, case: str, work: Worker, outside: Outside, clock: Any, discard: Any, monkeypatch: Any
) -> None:
    answered(api, case)

    def claimed_before(outbound_id: int) -> Any:
        claim = claim_mail(outbound_id)
        if claim and not db.session.get_one(Case, 1).discarded:
            discard(db.session.get_one(Case, 1), by=None)
        return claim

    with app.app_context():
        mail = max(db.session.scalars(db.select(OutboundEmail.id)))
        with monkeypatch.context() as patched:
            patched.setattr("app.mail.sending.delivering.delivery.claim_mail", claimed_before)
            send(mail)
    assert standing(api, case, "message") == ["deferred"]
    clock.shift(AN_HOUR)
    work()
    assert standing(api, case, "message") == ["parked"]
    act(api, case, "restore")
    work()
    assert (standing(api, case, "message"), heard(outside)) == (["sent"], 1)


def test_a_merge_is_undone_out_of_the_trash_with_its_mail(api: Api, case: str, work: Worker, outside: Outside) -> None:
    into = f"/cases/{api.opened(UNA)['uuid']}"
    answered(api, case)
    assert api.post(f"{case}/merge", {"into": into.rpartition("/")[2]}).status_code == 200
    act(api, into, "trash")
    work()
    act(api, case, "unmerge")
    work()
    assert (standing(api, case, "message"), heard(outside)) == (["sent"], 1)


@on_both
@pytest.mark.parametrize(("there", "back"), WAYS)
def test_a_scheduled_message_is_held_and_goes_out_when_the_case_is_taken_back(
    app: Flask, api: Api, case: str, work: Worker, outside: Outside, clock: Any, there: str, back: str
) -> None:
    message = answered(api, case, send_at=(now() + AN_HOUR).isoformat())
    assert api.get(message).json["held"] is None
    act(api, case, there)
    clock.shift(2 * AN_HOUR)
    work()
    held = api.get(message).json
    assert held["held"].startswith("The case is ")
    assert held["send_at"]
    assert api.get(f"{case}/messages?waiting=true").json["items"] == [held]
    act(api, case, back)
    work()
    sent = api.get(message).json
    assert (heard(outside), sent["send_at"], sent["held"]) == (1, None, None)
    with app.app_context():
        assert happened("message_not_sent") == []


@pytest.mark.parametrize("how", ["put off", "cancelled"])
def test_whoever_finds_a_held_message_too_late_changes_it_before_he_restores_the_case(
    api: Api, case: str, work: Worker, outside: Outside, clock: Any, how: str
) -> None:
    message = answered(api, case, send_at=(now() + AN_HOUR).isoformat())
    act(api, case, "trash")
    clock.shift(2 * AN_HOUR)
    work()
    if how == "put off":
        assert api.patch(message, {"send_at": (now() + AN_HOUR).isoformat()}).status_code == 200
    else:
        assert api.post(f"{message}/cancel").status_code == 200
    act(api, case, "restore")
    work()
    assert heard(outside) == 0


@on_both
def test_two_workers_leave_held_messages_alone(app: Flask, api: Api, case: str, clock: Any) -> None:
    answered(api, case, send_at=(now() + AN_HOUR).isoformat())
    with app.app_context(), transaction():
        trash_case(db.session.get_one(Case, 1), by=None)
    clock.shift(2 * AN_HOUR)
    with app.app_context():
        jobs.send_scheduled()
        with transaction():
            assert jobs.send_due_messages(1)
        assert happened("message_posted", "message_not_sent") == []


@on_both
@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")
def test_nobody_is_reminded_of_a_discarded_case_and_somebody_is_when_it_is_taken_back(
    app: Flask, api: Api, cast: Cast, case: str, work: Worker, outside: Outside, clock: Any
) -> None:
    act(api, case, "spam")
    clock.shift(timedelta(days=2))
    work()
    with app.app_context():
        assert happened("team_member_reminded") == []
    act(api, case, "unspam")
    work()
    with app.app_context():
        assert len(happened("team_member_reminded")) == 1
    assert sum(len(outside.inbox(one)) for one in (BEN, AMY, OLGA)) == 3

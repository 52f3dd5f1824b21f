"""Which case a mail belongs to."""

import pytest
from flask import Flask

from app.cases.models import Case
from app.extensions import db
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA
from tests.conftest import Worker
from tests.letters import letter
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside


@pytest.fixture
def two(api: Api, work: Worker, outside: Outside) -> list[Case]:
    """Two cases of una's."""
    for subject in ("First", "Second"):
        api.opened(UNA, subject=subject)
    work()
    return cases(api.client.application)


def token(outside: Outside, of: str, case: int) -> str:
    return str(outside.inbox(of)[case]["Message-ID"])


def landed(app: Flask, work: Worker) -> int | None:
    """The case of the last mail."""
    work()
    return inbound(app)[-1].case_id


def test_what_a_mail_answers_beats_its_subject(app: Flask, work: Worker, outside: Outside, two: list[Case]) -> None:
    subject = f"Re: [Case {two[1].reference}] Second"
    outside.send(letter(UNA, subject, "Hi", in_reply_to=token(outside, UNA, 0)))
    assert landed(app, work) == two[0].id


def test_what_a_mail_answers_beats_what_it_refers_to(
    app: Flask, work: Worker, outside: Outside, two: list[Case]
) -> None:
    headers = {"In-Reply-To": token(outside, UNA, 0), "References": token(outside, UNA, 1)}
    outside.send(letter(UNA, "Re: it", "Hi", **headers))
    assert landed(app, work) == two[0].id


def test_of_what_a_mail_refers_to_the_last_counts(app: Flask, work: Worker, outside: Outside, two: list[Case]) -> None:
    references = f"{token(outside, UNA, 0)} {token(outside, UNA, 1)} <unknown@elsewhere.test>"
    outside.send(letter(UNA, "Re: it", "Hi", references=references))
    assert landed(app, work) == two[1].id


def test_a_token_beats_the_id_of_a_mail_we_received(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    mine = letter(UNA, "First", "Hi")
    outside.send(mine)
    work()
    api.opened(UNA, subject="Second")
    work()
    headers = {"In-Reply-To": mine["Message-ID"], "References": outside.inbox(UNA)[-1]["Message-ID"]}
    outside.send(letter(UNA, "Re: it", "Hi", **headers))
    assert landed(app, work) == cases(app)[1].id


def test_an_answer_to_the_own_first_mail_finds_the_case(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    mine = letter(UNA, "First", "Hi")
    outside.send(mine)
    work()
    outside.send(letter(UNA, "Re: First", "And another thing", in_reply_to=mine["Message-ID"]))
    assert landed(app, work) == 1
    assert inbound(app)[-1].outcome == "posted"


def test_an_id_that_is_used_again_later_does_not_draw_mails_away(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    mine = letter(UNA, "First", "Hi")
    outside.send(mine)
    outside.send(letter(EVE, "Mine", "Hi", message_id=mine["Message-ID"]))
    work()
    outside.send(letter(UNA, "Re: First", "And another thing", in_reply_to=mine["Message-ID"]))
    assert landed(app, work) == 1


def test_the_anchor_finds_the_case_when_every_other_id_was_rewritten(
    app: Flask, work: Worker, outside: Outside, two: list[Case]
) -> None:
    anchor = str(outside.inbox(BEN)[1]["References"]).split()[0]
    outside.send(letter(BEN, "Re: it", "Hi", in_reply_to="<rewritten@relay.test>", references=anchor))
    assert landed(app, work) == two[1].id
    assert inbound(app)[-1].outcome == "posted"


def test_the_token_of_one_case_never_opens_another(
    app: Flask, api: Api, work: Worker, outside: Outside, two: list[Case]
) -> None:
    api.opened(EVE, subject="Third")
    work()
    subject = f"Re: [Case {two[0].reference}] First"
    outside.send(letter(EVE, subject, "Let me in", in_reply_to=token(outside, EVE, 0)))
    assert landed(app, work) == cases(app)[2].id
    assert [len(api.get(f"/case/{one.uuid}").json["messages"]) for one in two] == [1, 1]


@pytest.mark.parametrize("subject", ["Re: {0}", "about {0}!", "[Anything {0}] Hi", "({0})"])
def test_a_reference_is_found_in_any_subject(
    app: Flask, work: Worker, outside: Outside, two: list[Case], subject: str
) -> None:
    outside.send(letter(UNA, subject.format(two[1].reference), "Hi"))
    assert landed(app, work) == two[1].id


def test_a_longer_number_is_no_reference(app: Flask, work: Worker, outside: Outside, two: list[Case]) -> None:
    outside.send(letter(UNA, f"Order 1{two[1].reference}9", "Hi"))
    assert landed(app, work) == cases(app)[2].id
    assert inbound(app)[-1].outcome == "opened"


def test_a_mail_follows_a_case_that_was_merged(
    app: Flask, api: Api, work: Worker, outside: Outside, two: list[Case]
) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Case, two[0].id).merged_into_id = two[1].id
    outside.reply(outside.inbox(UNA)[0], "Hi")
    assert landed(app, work) == two[1].id
    assert inbound(app)[-1].outcome == "posted"


def test_cases_merged_in_a_circle_do_not_hang(app: Flask, work: Worker, outside: Outside, two: list[Case]) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Case, two[0].id).merged_into_id = two[1].id
        db.session.get_one(Case, two[1].id).merged_into_id = two[0].id
    outside.reply(outside.inbox(UNA)[0], "Hi")
    assert landed(app, work) in {two[0].id, two[1].id}


def test_a_thousand_references_are_no_trouble(app: Flask, work: Worker, outside: Outside, two: list[Case]) -> None:
    many = " ".join(f"<{number}@elsewhere.test>" for number in range(1000))
    outside.send(letter(UNA, "Re: it", "Hi", references=f"{many} {token(outside, UNA, 1)}"))
    assert landed(app, work) == two[1].id


def test_a_reply_to_a_closed_case_reopens_it(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    work()
    api.post(f"/case/{case['uuid']}/close")
    outside.reply(outside.inbox(UNA)[0], "It is back!")
    work()
    found = api.get(f"/case/{case['uuid']}").json
    assert (found["status"], len(found["messages"])) == ("open", 2)


@pytest.mark.settings(CASEY_CASE_CAN_REOPEN="false")
def test_where_cases_stay_closed_a_reply_opens_the_next_one(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    work()
    api.post(f"/case/{case['uuid']}/close")
    outside.reply(outside.inbox(UNA)[0], "It is back!")
    work()
    closed, following = cases(app)
    assert (closed.status, following.status) == ("closed", "new")
    assert (following.follows_id, following.subject) == (closed.id, "I found a bug")
    assert inbound(app)[-1].outcome == "opened"
    assert outside.inbox(BEN)[-1]["Subject"] == f"[Case {following.reference}] I found a bug"


@pytest.mark.settings(CASEY_CASE_CAN_REOPEN="false")
def test_where_cases_stay_closed_the_team_cannot_write_into_them(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    work()
    api.post(f"/case/{case['uuid']}/close")
    outside.reply(outside.inbox(BEN)[0], "One more thing")
    work()
    assert (inbound(app)[-1].outcome, inbound(app)[-1].reason) == ("held", "case_closed")
    assert len(cases(app)) == 1

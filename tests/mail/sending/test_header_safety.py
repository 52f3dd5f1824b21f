"""Whatever people are called and write: no header but ours comes of it, and none of it gets lost."""

import re
from email.message import EmailMessage

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.cases.opening import open_case
from app.cases.participation import join_case
from app.extensions import db
from app.mail.models import OutboundEmail
from app.mail.sending.composing.letter import compose
from app.people.models import Role
from app.people.persons import create_person, find_or_create_person, find_person
from app.transaction import rehearsal, transaction
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker
from tests.letters import SUPPORT, letter
from tests.sandbox import Outside

BREAKS = ["\r\nBcc: eve@stranger.test", "\nBcc: eve@stranger.test", "\rBcc: eve@stranger.test", "\x00\x0b\u2028\x85x"]
OURS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "X-Casey-Loop",
    "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
}  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
IN_THIS_APPLICATION = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def raw_names(mail: EmailMessage) -> list[str]:
    """The header names as they stand in the bytes, not as a lenient parser reads them."""
    head = mail.as_bytes(policy=mail.policy.clone(linesep="\r\n")).partition(b"\r\n\r\n")[0]
    return [line.partition(b":")[0].decode() for line in re.split(rb"\r\n|\r|\n", head) if line[:1] not in b" \t"]


@pytest.mark.parametrize("break_", BREAKS)
def test_a_name_makes_no_header(app: Flask, work: Worker, outside: Outside, break_: str) -> None:
    with app.app_context(), transaction():
        create_person(f"Ben{break_}", BEN, role=Role.AGENT, by=None)
        una = create_person(f"Una{break_}", UNA, by=None)
        open_case(una, "I found a bug", "It is over there!", channel="api")
    work()
    outside.reply(outside.inbox(BEN)[0], "Which table?")
    work()
    for mail in outside.inbox(UNA) + outside.inbox(BEN):
        assert set(raw_names(mail)) <= OURS
        assert len(set(raw_names(mail))) == len(raw_names(mail))
    assert outside.inbox(EVE) == []


@pytest.mark.parametrize("break_", BREAKS)
def test_a_subject_makes_no_header(app: Flask, cast: Cast, work: Worker, outside: Outside, break_: str) -> None:
    with app.app_context(), transaction():
        una = find_or_create_person(UNA)
        open_case(una, f"I found{break_} a bug", "It is over there!", channel="api")
    work()
    for mail in outside.inbox(UNA) + outside.inbox(BEN):
        assert set(raw_names(mail)) <= OURS
    assert outside.inbox(EVE) == []


def test_what_an_encoded_header_hides_makes_no_header(api: Api, work: Worker, outside: Outside) -> None:
    hidden = "=?utf-8?q?a=0D=0ABcc=3A_eve=40stranger=2Etest=0D=0A=0D=0Abody?="
    outside.send(f"From: {UNA}\r\nSubject: {hidden}\r\nMessage-ID: <1@a.test>\r\n\r\nHi".encode())
    held = outside.send(f"From: {hidden} <{UNA}>\r\nSubject: b\r\nMessage-ID: <2@a.test>\r\n\r\nHi".encode())
    work()
    assert outside.received(held)["outcome"] == "held"
    [initial], [invitation] = outside.inbox(UNA), outside.inbox(BEN)
    assert set(raw_names(initial)) <= OURS
    assert set(raw_names(invitation)) <= OURS
    assert outside.inbox(EVE) == []


@pytest.mark.settings(CASEY_MAIL_TEAM_ALIAS='%firstname%, "Support" <boss@team.test>')
def test_an_alias_with_special_signs_stays_one_address(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    outside.reply(outside.inbox(BEN)[0], "Which table?")
    work()
    [sender] = outside.inbox(UNA)[-1]["From"].addresses
    assert sender.addr_spec == SUPPORT
    assert sender.display_name == 'Ben, "Support" <boss@team.test>'


def test_a_long_subject_arrives_whole(api: Api, work: Worker, outside: Outside) -> None:
    subject = " ".join(["Überlanger Betreff 日本語"] * 20)[:480].strip()
    case = api.opened(UNA, subject=subject)
    work()
    for mail in (outside.inbox(UNA)[0], outside.inbox(BEN)[0]):
        assert mail["Subject"] == f"[Case {case['reference']}] {subject}"
        assert max(len(line) for line in mail.as_bytes().splitlines()) <= 998


@IN_THIS_APPLICATION
@given(name=ANY_TEXT.map(lambda text: text[:200]), subject=ANY_TEXT)
def test_any_name_and_subject_make_one_sender_and_one_subject(app: Flask, cast: Cast, name: str, subject: str) -> None:
    with app.app_context(), rehearsal():
        mail = _answer_by_ben(alias=name, subject=subject)
        assert set(raw_names(mail)) <= OURS
        assert [one.addr_spec for one in mail["From"].addresses] == [SUPPORT]
        assert [one.addr_spec for one in mail["To"].addresses] == [UNA]
        assert len(mail.as_bytes().splitlines()) == len(mail.as_bytes().split(b"\r\n")) - 1


@IN_THIS_APPLICATION
@given(text=ANY_TEXT.filter(str.strip))
def test_any_message_arrives_as_it_was_written(app: Flask, cast: Cast, text: str) -> None:
    with app.app_context(), rehearsal():
        mail = _answer_by_ben(body=text)
        plain = mail.get_body(("plain",))
        assert plain is not None
        assert re.sub(r"\r\n?", "\n", text) in plain.get_content()
        body = mail.as_bytes().partition(b"\r\n\r\n")[2]
        assert max(len(line) for line in body.split(b"\r\n")) <= 76


def _answer_by_ben(*, alias: str = "Ben", subject: str = "I found a bug", body: str = "Hi") -> EmailMessage:
    """The mail to una about what ben wrote on a case of hers."""
    una, ben = find_person(UNA), find_person(BEN)
    assert una is not None
    assert ben is not None
    case = open_case(una, subject, "It is over there!", channel="api")
    join_case(case, ben).alias = alias
    outbound = db.session.scalars(select(OutboundEmail).where(OutboundEmail.case_id == case.id)).first()
    assert outbound is not None
    outbound.post.body, outbound.post.author = body, ben
    outbound.purpose = "message"  # type: ignore[assignment]
    return compose(outbound)


@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="0")
def test_a_name_that_holds_a_team_address_is_masked(api: Api, work: Worker, outside: Outside, app: Flask) -> None:
    with app.app_context(), transaction():
        create_person("ben@team.test (Ben)", "ben@private.test", role=Role.AGENT, by=None)
    api.opened(UNA, subject="Why does ben@team.test not answer?")
    work()
    outside.reply(outside.inbox("ben@private.test")[0], "I do.")
    work()
    answer = outside.inbox(UNA)[-1]
    assert answer["From"].addresses[0].display_name == f"{SUPPORT} (Support)"
    assert answer["Subject"].endswith(f"Why does {SUPPORT} not answer?")
    assert "ben@team.test" in outside.inbox(BEN)[0]["Subject"]


def test_a_stranger_named_like_a_header_opens_a_case(work: Worker, outside: Outside, cast: Cast) -> None:
    sent = outside.send(letter('"Bcc: ben@team.test" <eve@stranger.test>', "Hi", "Hi"))
    work()
    assert outside.received(sent)["outcome"] == "opened"
    [initial] = outside.inbox(EVE)
    assert [one.addr_spec for one in initial["To"].addresses] == [EVE]
    assert initial["To"].addresses[0].display_name == ""

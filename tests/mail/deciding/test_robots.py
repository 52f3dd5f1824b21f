"""Mail of machines is kept and marked; it is never answered, passed on, or taken for a person's act."""

import pytest
from flask import Flask

from app.mail.deciding.screening.absences import absence_subject
from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA
from tests.conftest import Worker
from tests.letters import letter
from tests.mail.incoming import incoming
from tests.mail.rows import cases, inbound, outbound_to
from tests.sandbox import Outside, link_in

ROBOTS = [
    ("Auto-Submitted", "auto-replied", "auto_submitted"),
    ("Auto-Submitted", "Auto-Generated (by a rule); owner=x", "auto_submitted"),
    ("Auto-Submitted", "(vacation) AUTO-REPLIED", "auto_submitted"),
    ("Precedence", "bulk", "bulk_precedence"),
    ("Precedence", "Junk", "bulk_precedence"),
    ("Precedence", "list", "bulk_precedence"),
    ("Precedence", "auto_reply", "bulk_precedence"),
    ("X-Autoreply", "yes", "auto_reply_header"),
    ("X-Autorespond", "vacation", "auto_reply_header"),
    ("List-Id", "<talk.example>", "mailing_list"),
    ("List-Unsubscribe", "<mailto:off@example.test>", "mailing_list"),
    ("Return-Path", "<>", "null_sender"),
]
ABSENCES = [
    "Automatic reply: I found a bug", "Auto-Reply: it", "Out of Office", "OUT OF OFFICE: Re: it",
    "[Automatic reply] it", "Out of the office (Max)", "Automatische Antwort: Fehler",
    "Abwesenheitsnotiz: Fehler", "Nicht im Büro",
    "Réponse automatique : it", "Absence du bureau", "Réponse d\u2019absence - it", "Re\u0301ponse automatique: it",
    "Respuesta automática: it", "Fuera de la oficina", "Resposta automática: it", "Risposta automatica: it",
    "Automatisch antwoord: it", "Automatiskt svar: it", "Autosvar: it", "Automatisk svar: it",
    "Automaattinen vastaus: it", "Odpowiedź automatyczna: it", "Automatická odpověď: it", "Automatikus válasz: it",
    "Răspuns automat: it", "Автоответ: it", "自動応答: it", "不在通知", "自动回复\uff1ait", "자동 회신: it",
]  # fmt: skip
QUESTIONS = [
    "Out of office hours changed?", "Re: Automatic reply: it", "Automatic reply does not work", "About my vacation",
    "Automatische Antwort kommt nicht", "AW: Abwesenheitsnotiz: Fehler", "Autosvarare", "Poissaolot 2026", "out",
]  # fmt: skip
PEOPLE = [
    ("Auto-Submitted", "no"),
    ("Auto-Submitted", "No (written by hand)"),
    ("Precedence", "first-class"),
    ("X-Auto-Response-Suppress", "All"),
    ("Return-Path", "<una@customer.test>"),
]


def everybody(outside: Outside) -> list[int]:
    """How many mails each has got."""
    return [len(outside.inbox(one)) for one in (UNA, BEN, AMY, OLGA)]


@pytest.fixture
def conversation(api: Api, work: Worker, outside: Outside) -> str:
    """A case of una's that ben has taken up; its uuid."""
    case = api.opened(UNA)
    work()
    outside.reply(outside.inbox(BEN)[0], "Which table?")
    work()
    return str(case["uuid"])


@pytest.mark.parametrize(("header", "value", "rule"), ROBOTS)
def test_a_robots_mail_is_put_on_the_case_and_marked_and_goes_no_further(
    app: Flask, api: Api, work: Worker, outside: Outside, conversation: str, header: str, value: str, rule: str
) -> None:
    before, status = everybody(outside), api.get(f"/case/{conversation}").json["status"]
    outside.reply(outside.inbox(UNA)[-1], "I am on the beach.", **{header: value})
    work()
    row = inbound(app)[-1]
    assert (row.outcome, row.robot) == ("posted", True)
    assert [one["rule"] for one in row.decisions if one["hit"] and one["rule"] not in {"threading", "authority"}] == [
        rule
    ]
    found = api.get(f"/case/{conversation}").json
    assert (found["messages"][-1]["message"].strip(), found["messages"][-1]["robot"]) == ("I am on the beach.", True)
    assert found["status"] == status
    assert everybody(outside) == before


@pytest.mark.parametrize(("header", "value"), PEOPLE)
def test_a_persons_mail_is_not_taken_for_a_robots(
    app: Flask, work: Worker, outside: Outside, conversation: str, header: str, value: str
) -> None:
    before = len(outside.inbox(BEN))
    outside.reply(outside.inbox(UNA)[-1], "Under the table.", **{header: value})
    work()
    assert inbound(app)[-1].robot is False
    assert len(outside.inbox(BEN)) == before + 1


@pytest.mark.parametrize("subject", ABSENCES)
def test_the_subject_of_an_answering_machine_gives_it_away_in_many_languages(context: Flask, subject: str) -> None:
    assert absence_subject(incoming(UNA, subject))


@pytest.mark.parametrize("subject", QUESTIONS)
def test_somebody_who_writes_about_answering_machines_is_none(context: Flask, subject: str) -> None:
    assert absence_subject(incoming(UNA, subject)) is None


def test_a_mail_with_such_a_subject_goes_no_further(
    app: Flask, work: Worker, outside: Outside, conversation: str
) -> None:
    before = everybody(outside)
    outside.reply(outside.inbox(UNA)[-1], "I am on the beach.", Subject="Automatic reply: I found a bug")
    work()
    assert (inbound(app)[-1].outcome, inbound(app)[-1].robot) == ("posted", True)
    assert everybody(outside) == before


def test_control_headers_are_written_down_and_obeyed_by_nobody(
    app: Flask, api: Api, work: Worker, outside: Outside, conversation: str
) -> None:
    orders = {"X-Casey-Status": "closed", "X-Casey-Verified": "yes", "X-Casey-From": BEN}
    outside.send(letter("eve@stranger.test", "Hi", "Hi", In_Reply_To=outside.inbox(UNA)[-1]["Message-ID"], **orders))
    work()
    row = inbound(app)[-1]
    assert (row.outcome, row.reason) == ("held", "unknown_sender")
    [noted] = [one["detail"] for one in row.decisions if one["rule"] == "control_header"]
    assert noted == "it has the header x-casey-status, which is ignored"
    assert api.get(f"/case/{conversation}").json["status"] == "waiting"


RECEIPT = f"""From: Una <{UNA}>
Subject: Read: it
Message-ID: <receipt@customer.test>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=KIND; boundary=x

--x
Content-Type: text/plain

Your mail was displayed.
--x
Content-Type: message/KIND

Original-Recipient: rfc822;{UNA}

--x--
"""


@pytest.mark.parametrize("kind", ["disposition-notification", "feedback-report"])
def test_nothing_is_made_of_receipts_and_complaints(
    app: Flask, cast: object, work: Worker, outside: Outside, kind: str
) -> None:
    outside.send(RECEIPT.replace("KIND", kind).encode())
    work()
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("ignored", "receipt_or_complaint")]
    assert cases(app) == []


@pytest.mark.parametrize("name", ["MAILER-DAEMON@far.test", "postmaster@far.test"])
def test_a_mail_system_is_a_robot(app: Flask, cast: object, work: Worker, outside: Outside, name: str) -> None:
    outside.send(letter(name, "Undelivered", "It could not be delivered."))
    work()
    assert inbound(app)[-1].robot is True
    assert outside.inbox(name.lower()) == []


def test_a_robot_reopens_nothing(api: Api, work: Worker, outside: Outside, conversation: str) -> None:
    api.post(f"/case/{conversation}/close")
    outside.reply(outside.inbox(UNA)[-1], "I am on the beach.", Auto_Submitted="auto-replied")
    work()
    found = api.get(f"/case/{conversation}").json
    assert (found["status"], len(found["messages"])) == ("closed", 3)


@pytest.mark.settings(CASEY_CASE_CAN_REOPEN="false")
def test_a_robot_opens_no_following_case(
    app: Flask, api: Api, work: Worker, outside: Outside, conversation: str
) -> None:
    api.post(f"/case/{conversation}/close")
    outside.reply(outside.inbox(UNA)[-1], "I am on the beach.", Auto_Submitted="auto-replied")
    work()
    assert len(cases(app)) == 1
    assert inbound(app)[-1].outcome == "posted"


@pytest.mark.settings(CASEY_CASE_SEND_COPY="true")
def test_a_robot_gets_no_copy(work: Worker, outside: Outside, conversation: str) -> None:
    before = len(outside.inbox(UNA))
    outside.reply(outside.inbox(UNA)[-1], "I am on the beach.", Auto_Submitted="auto-replied")
    work()
    assert len(outside.inbox(UNA)) == before


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_a_robot_confirms_nothing(api: Api, app: Flask, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    work()
    outside.reply(outside.inbox(UNA)[0], link_in(outside.inbox(UNA)[0], "/confirm/"), Auto_Submitted="auto-replied")
    work()
    assert api.get(f"/case/{case['uuid']}").json["state"] == "pending"
    assert inbound(app)[-1].outcome == "held"
    assert outside.inbox(BEN) == []


def test_the_case_of_a_robot_is_not_answered(app: Flask, cast: object, work: Worker, outside: Outside) -> None:
    outside.send(letter(UNA, "Backup failed", "Disk full", Auto_Submitted="auto-generated"))
    work()
    assert [one.subject for one in cases(app)] == ["Backup failed"]
    assert outbound_to(app, UNA) == []
    assert len(outside.inbox(BEN)) == 1


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_a_robot_is_not_asked_to_confirm(app: Flask, cast: object, work: Worker, outside: Outside) -> None:
    outside.send(letter(UNA, "Backup failed", "Disk full", Precedence="bulk"))
    work()
    assert outbound_to(app, UNA) == []
    assert cases(app)[0].state == "pending"


def test_a_robot_that_answers_an_invitation_does_not_take_the_case_up(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    work()
    outside.reply(outside.inbox(BEN)[0], "I am on the beach.", Auto_Submitted="auto-replied")
    work()
    found = api.get(f"/case/{case['uuid']}").json
    assert [one["email"] for one in found["participants"]] == [UNA]
    assert len(outside.inbox(UNA)) == 1


def test_a_robot_with_an_empty_body_is_kept_too(app: Flask, work: Worker, outside: Outside, conversation: str) -> None:
    outside.reply(outside.inbox(UNA)[-1], "", Auto_Submitted="auto-replied")
    work()
    assert inbound(app)[-1].outcome == "posted"

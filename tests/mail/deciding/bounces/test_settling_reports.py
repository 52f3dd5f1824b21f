"""A report is settled on the one mail it is about, and does nothing else."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from app.events import Event
from app.extensions import db
from app.mail.models import OutboundEmail
from app.mail.tokens import anchor_id, bounce_address
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.mail.deciding.bounces.corpus import SAMPLES, Sample
from tests.mail.rows import cases, inbound, outbound_to
from tests.sandbox import Outside

FORGED = "<c.1.1.0.aaaaaaaaaaaaaaaaaaaa@casey.test>"
BY_NAME = {one.name: one for one in SAMPLES}
FAILED, DELAYED, DELIVERED = (
    BY_NAME[f"postfix-{name}"] for name in ("unknown-user-original", "delayed-headers", "delivered-headers")
)


@dataclass
class Conversation:
    """A case of una's in which three mails went to her; reports come in about the second."""

    app: Flask
    case: str
    outside: Outside
    work: Worker

    @property
    def mails(self) -> list[OutboundEmail]:
        return outbound_to(self.app, UNA)

    def reported(self, sample: Sample, about: int = 1) -> None:
        """A mail system reports on one of the mails."""
        mail = self.mails[about]
        with self.app.app_context():
            anchor = anchor_id(mail.case_id or 0, mail.person_id)
        raw = sample.written(id=mail.message_id, earlier=self.mails[0].message_id, anchor=anchor)
        self.outside.send(raw)
        self.work()

    def events(self, name: str) -> list[Event]:
        with self.app.app_context():
            found = list(db.session.scalars(select(Event).where(Event.name == name).order_by(Event.sequence)))
            db.session.expunge_all()
            return found


@pytest.fixture
def conversation(app: Flask, api: Api, work: Worker, outside: Outside) -> Conversation:
    case = str(api.opened(UNA)["uuid"])
    for text in ("Which table?", "Still there?"):
        api.post(f"/cases/{case}/messages", {"from": BEN, "message": text})
    work()
    return Conversation(app, case, outside, work)


def fate(conversation: Conversation) -> list[tuple[str, str | None]]:
    return [(one.status, one.rejection) for one in conversation.mails]


@on_both
def test_a_mail_that_came_back_is_rejected_with_the_servers_words(conversation: Conversation) -> None:
    conversation.reported(FAILED)
    assert fate(conversation) == [("sent", None), ("rejected", "bounce"), ("sent", None)]
    assert conversation.mails[1].answer == (
        f"550 5.1.1 <{UNA}>: Recipient address rejected: User unknown in virtual mailbox table"
    )
    report = inbound(conversation.app)[-1]
    assert (report.outcome, report.reason, report.robot) == ("bounce", "failed 5.1.1", True)
    assert report.case_id == conversation.mails[1].case_id


def test_it_is_said_on_the_case_without_an_address(conversation: Conversation, cast: Cast) -> None:
    conversation.reported(FAILED)
    [event] = conversation.events("delivery_failed")
    assert event.actor_id is None
    assert event.case_id == conversation.mails[1].case_id
    assert (event.new["person"], event.new["type"]) == (cast.una.id, "bounce")
    assert "User unknown" in event.new["words"]
    assert "@" not in event.new["words"]


def test_a_report_posts_opens_and_reopens_nothing(conversation: Conversation, api: Api, outside: Outside) -> None:
    api.post(f"/case/{conversation.case}/close")
    before = api.get(f"/case/{conversation.case}").json
    got = len(outside.inbox(BEN))
    for sample in (DELAYED, FAILED, DELIVERED):
        conversation.reported(sample)
    after = api.get(f"/case/{conversation.case}").json
    assert (after["status"], after["messages"]) == ("closed", before["messages"])
    assert len(cases(conversation.app)) == 1
    assert len(outside.inbox(BEN)) == got


def test_a_late_mail_stays_sent_and_says_that_it_is_late(conversation: Conversation) -> None:
    conversation.reported(DELAYED)
    assert fate(conversation)[1] == ("sent", "deferred")
    assert "Connection timed out" in str(conversation.mails[1].answer)
    assert inbound(conversation.app)[-1].reason == "delayed 4.4.1"


def test_a_mail_that_is_reported_as_delivered_is_delivered(conversation: Conversation) -> None:
    conversation.reported(DELAYED)
    conversation.reported(DELIVERED)
    assert fate(conversation)[1] == ("delivered", None)
    assert conversation.mails[1].delivered_at
    conversation.reported(BY_NAME["sendmail-delayed-headers"])
    assert fate(conversation)[1] == ("delivered", None)
    assert len(conversation.events("delivery_confirmed")) == 1


@pytest.mark.parametrize(
    "order",
    [(DELAYED, FAILED, DELIVERED), (DELIVERED, FAILED, DELAYED), (FAILED, DELIVERED, DELAYED), (FAILED, FAILED)],
    ids=lambda order: "-".join(one.action for one in order),
)
def test_in_whichever_order_reports_come_a_failure_is_the_last_word(
    conversation: Conversation, order: tuple[Sample, ...]
) -> None:
    for sample in order:
        conversation.reported(sample)
    assert fate(conversation)[1] == ("rejected", "bounce")
    assert len(conversation.events("delivery_failed")) == 1
    assert {one.outcome for one in inbound(conversation.app)[1:]} <= {"bounce", "duplicate"}


def test_a_forged_report_without_an_id_of_ours_changes_nothing(conversation: Conversation, outside: Outside) -> None:
    for id in ("<somebody@else.test>", FORGED):
        outside.send(FAILED.written(id=id, earlier=id, anchor=FORGED))
    conversation.work()
    assert fate(conversation) == [("sent", None)] * 3
    assert [(one.outcome, one.reason) for one in inbound(conversation.app)] == [("ignored", "bounce_unknown")] * 2
    assert len(cases(conversation.app)) == 1


def test_the_anchor_stands_for_the_last_mail_to_its_reader(conversation: Conversation) -> None:
    conversation.reported(BY_NAME["postfix-relay-renamed-headers"])
    assert fate(conversation) == [("sent", None), ("sent", None), ("rejected", "bounce")]


@pytest.mark.settings(CASEY_MAIL_PLUS_ADDRESSING="true")
def test_a_return_address_of_ours_is_surer_than_any_id(conversation: Conversation, outside: Outside) -> None:
    first, second, _ = conversation.mails
    with conversation.app.app_context():
        anchor, address = anchor_id(first.case_id or 0, first.person_id), bounce_address(first.id)
    raw = FAILED.written(id=second.message_id, earlier=first.message_id, anchor=anchor)
    outside.send(raw.replace(b"To: support@casey.test", f"To: {address}".encode(), 1))
    conversation.work()
    assert fate(conversation) == [("rejected", "bounce"), ("sent", None), ("sent", None)]


def test_a_customers_mail_that_quotes_a_report_is_a_message(
    conversation: Conversation, outside: Outside, api: Api
) -> None:
    report = FAILED.written(id=conversation.mails[1].message_id, earlier=FORGED, anchor=FORGED).decode()
    outside.reply(outside.inbox(UNA)[-1], f"What does this mean?\n\n{report}")
    conversation.work()
    assert inbound(conversation.app)[-1].outcome == "posted"
    assert fate(conversation) == [("sent", None)] * 3
    assert "What does this mean?" in api.get(f"/case/{conversation.case}").json["messages"][-1]["message"]


def test_a_strangers_mail_that_quotes_a_report_opens_a_case(conversation: Conversation, outside: Outside) -> None:
    outside.send(letter(EVE, "Undelivered mail?", "This is the mail system at host mx.far.test: user unknown"))
    conversation.work()
    assert inbound(conversation.app)[-1].outcome == "opened"
    assert fate(conversation) == [("sent", None)] * 3

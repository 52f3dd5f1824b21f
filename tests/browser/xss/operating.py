"""Putting texts wherever the team and operators can put one, and wherever a server elsewhere says something."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask

from app.cases.canned_answers import can_answer
from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.cases.filters import save_filter
from app.cases.models import Status
from app.cases.statuses import create_status
from app.clock import now
from app.events import Event
from app.extensions import db
from app.mail.intake.accounts import MailboxAccount
from app.mail.models import Delivery, Mailbox, OutboundEmail, Rejection
from app.overrides import change_settings
from app.people.models import Person, Role
from app.people.persons import known_person, rename_person
from app.people.profile import describe_person
from app.people.sessions import begin_session
from app.people.teams import create_team
from app.transaction import transaction
from app.webhooks.models import Sending, Webhook, WebhookDelivery
from tests.cast import BEN, OLGA

LONGEST_NAME = 100
MOST_OF_EACH = 40


@dataclass(frozen=True)
class Furniture:
    """What the signed-in operator's browser shows, and the webhooks that can be looked at."""

    secret: str
    webhooks: list[str]


def operated(app: Flask, batches: list[list[str]]) -> Furniture:
    """Plant all of them; the first few wherever there are few places."""
    with app.app_context(), transaction():
        olga = known_person(OLGA, field="olga")
        for number, batch in enumerate(batches):
            _said(number, " ".join(batch), known_person(BEN, field="ben"))
        _chosen([one for batch in batches for one in batch])
        _came_back([" ".join(batch) for batch in batches])
        webhooks = [_webhook(" ".join(batch)) for batch in batches[:MOST_OF_EACH]]
        describe_person(olga, {"signature": "\n".join(batches[0])}, by=olga)
        begin_session(olga, browser=" ".join(batches[0])[:200], ip_address=None)
        return Furniture(begin_session(olga, browser="ours", ip_address=None)[1], webhooks)


def _said(number: int, text: str, ben: Person) -> None:
    """What members of the team call things."""
    can_answer(text[:LONGEST_NAME], text, shared=True, by=ben)
    if number < MOST_OF_EACH:
        save_filter(text[:LONGEST_NAME], {"language": "sv"}, shared=True, by=ben)
        create_status(f"{number} {_line(text)}"[:60], Status.OPEN, by=ben)
        create_team(f"{number} {_line(text)}"[:LONGEST_NAME], {}, by=ben)
        _mailbox(f"{number} {text}"[:300])


def _line(text: str) -> str:
    """As what takes one line alone takes it."""
    return "".join(one if one.isprintable() else " " for one in text)


def _chosen(texts: list[str]) -> None:
    """Fields that are called so, and what can be chosen in one."""
    named = [one for one in texts if one.strip()]
    for number, text in enumerate(named[:MOST_OF_EACH]):
        facts = {"title": text[:LONGEST_NAME], "visible_to_customers": True}
        define_field(FieldLevel.CASE, f"hostile_{number}", FieldType.TEXT, facts, by=None)
    options = [{"key": f"o{number}", "title": text[:LONGEST_NAME]} for number, text in enumerate(named[:MOST_OF_EACH])]
    facts = {"title": "Which?", "visible_to_customers": True, "options": options}
    define_field(FieldLevel.CASE, "chosen", FieldType.SELECT, facts, by=None)


def _mailbox(text: str) -> None:
    box = Mailbox(name=text, failures=3, trouble=text, next_at=now())
    db.session.add(box)
    db.session.flush()
    how = {"server": text[:250], "port": 993, "encryption": "tls", "auth": "password", "password": "a secret"}
    db.session.add(MailboxAccount(mailbox_id=box.id, address=text, username=text, **how))


def _came_back(texts: list[str]) -> None:
    """What other servers answered when our mail came to them."""
    mails = db.session.scalars(sa.select(OutboundEmail).order_by(OutboundEmail.id)).all()
    for mail, text in zip(mails, texts, strict=False):
        mail.status, mail.rejection, mail.rejected_at, mail.answer = Delivery.REJECTED, Rejection.BOUNCE, now(), text


def _webhook(text: str) -> str:
    url = f"https://hooks.example.com/{text}"[:2000]
    hook = Webhook(
        url=url, description=text[:500], events=["*"], cursor=0, disabled_at=now(), disabled_reason=text[:500]
    )
    db.session.add(hook)
    db.session.flush()
    event = db.session.scalars(sa.select(Event).limit(1)).one()
    row = WebhookDelivery(webhook_id=hook.id, event_sequence=event.sequence, status=Sending.FAILED, answer=text[:500])
    db.session.add(row)
    return f"/team/operator/webhooks/{hook.uuid}"


def branded(app: Flask, text: str) -> None:
    """Call the house so."""
    with app.app_context(), transaction():
        olga = known_person(OLGA, field="olga")
        rename_person(olga, _line(text)[:200].strip(), by=olga)
        change_settings({"brandName": _line(text), "brandFooter": _line(text)}, by=olga, role=Role.OWNER)

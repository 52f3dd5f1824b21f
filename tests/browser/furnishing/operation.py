"""What an operator finds: mailboxes, webhooks and settings in every state."""

from datetime import timedelta

from app.clock import now
from app.events import Event
from app.extensions import db
from app.mail.intake.accounts import MailboxAccount
from app.mail.models import Mailbox
from app.overrides import change_settings
from app.people.models import Role
from app.people.persons import known_person
from app.transaction import transaction
from app.webhooks.endpoints import create_webhook, disable_webhook
from app.webhooks.models import Sending, Webhook, WebhookDelivery
from tests.browser.house import Lived
from tests.cast import OLGA

LATER = now() + timedelta(days=365)
HOOK = "https://hooks.example.com/casey"
TROUBLE = "login failed: [AUTHENTICATIONFAILED] Invalid credentials for " + "somebody" * 30


def operated(lived: Lived) -> None:
    """Let mailboxes and webhooks fail, and a setting be changed."""
    with lived.app.app_context(), transaction():
        olga = known_person(OLGA, field="olga")
        _mailbox("one@casey.test")
        _mailbox("two@casey.test", failures=3, trouble=TROUBLE, next_at=LATER)
        change_settings({"brandFooter": "A shop for tea, Somewhere 1, 12345 Elsewhere"}, by=olga, role=Role.OWNER)
        well = create_webhook(HOOK, ["*"], "Our own shop", by=olga)
        ill = create_webhook(f"{HOOK}/{'a-long-way/' * 20}", ["case_opened", "case_closed"], "", by=olga)
        db.session.flush()
        _told(well, Sending.DELIVERED, 200, "")
        _told(ill, Sending.FAILED, 500, "Internal " + "error" * 60)
        ill.failing_since = now()
        disable_webhook(ill, "It took nothing for five days.", by=None)
        lived.places |= {"webhook": _place(well), "webhook-ill": _place(ill)}


def _mailbox(address: str, **facts: object) -> None:
    box = Mailbox(name=address, synced_at=now(), **facts)
    db.session.add(box)
    db.session.flush()
    how = {"server": "mail.example.com", "port": 993, "encryption": "tls", "auth": "password", "password": "a secret"}
    db.session.add(MailboxAccount(mailbox_id=box.id, address=address, username=address, **how))


def _told(webhook: Webhook, status: Sending, code: int, answer: str) -> None:
    """Every event of the last hour, which it took or did not take."""
    for event in db.session.query(Event).order_by(Event.sequence.desc()).limit(60):
        row = WebhookDelivery(webhook_id=webhook.id, event_sequence=event.sequence, case_id=event.case_id)
        row.status, row.attempts, row.status_code, row.answer = status, 9, code, answer
        db.session.add(row)


def _place(webhook: Webhook) -> str:
    return f"/team/operator/webhooks/{webhook.uuid}"

"""Writing down what came of posting.

What was heard and refused is tried again by itself, ever more slowly, and given up after three days, so that what comes
behind it in its case is told. When nobody hears us at all, the whole webhook is left alone for a while, so that an
outage is not paid for by every event; and when nothing at all was taken for three days, it is disabled.
"""

from datetime import timedelta

import sqlalchemy as sa

from app.clock import now
from app.extensions import db
from app.webhooks.endpoints import disable_webhook
from app.webhooks.models import Sending, Webhook, WebhookDelivery
from app.webhooks.transport import Answered, Outcome

PAUSES = [timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=1)]
GIVE_UP_AFTER = timedelta(days=3)
LONG = timedelta(minutes=1)
FAILED = "Nothing was accepted for three days. The last answer was: {}"


def settle(delivery_id: int, attempt: int, outcome: Outcome) -> None:
    """Write it down. A claim that ran out meanwhile has nothing to say any more, but that the event was accepted."""
    webhook = _locked(delivery_id)
    delivery = db.session.get_one(WebhookDelivery, delivery_id, with_for_update=True)
    accepted = isinstance(outcome, Answered) and outcome.accepted
    if not accepted and (delivery.status is not Sending.SENDING or delivery.attempts != attempt):
        return
    delivery.status_code = outcome.status if isinstance(outcome, Answered) else None
    delivery.answer = outcome.text
    if accepted:
        _delivered(delivery, webhook)
    else:
        _put_off(delivery, webhook, heard=isinstance(outcome, Answered))


def _locked(delivery_id: int) -> Webhook:
    """The webhook of a delivery. Whoever changes both takes it first, so that no two wait for each other."""
    query = sa.select(Webhook).where(Webhook.id == WebhookDelivery.webhook_id, WebhookDelivery.id == delivery_id)
    return db.session.scalars(query.with_for_update(of=Webhook)).one()


def _delivered(delivery: WebhookDelivery, webhook: Webhook) -> None:
    delivery.status, delivery.delivered_at, delivery.failing_since = Sending.DELIVERED, now(), None
    since, webhook.failing_since, webhook.failures = webhook.failing_since, None, 0
    if since is not None and now() - since > LONG:
        _wake(webhook)


def _wake(webhook: Webhook) -> None:
    """It is back: nothing of what was put off meanwhile need wait any longer."""
    waiting = (WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.status == Sending.WAITING)
    db.session.execute(sa.update(WebhookDelivery).where(*waiting).values(next_at=now()))


def _put_off(delivery: WebhookDelivery, webhook: Webhook, *, heard: bool) -> None:
    delivery.status = Sending.WAITING
    delivery.failing_since = delivery.failing_since or now()
    webhook.failing_since = webhook.failing_since or now()
    if heard:
        delivery.next_at = now() + _pause(delivery.attempts)
    else:
        webhook.failures += 1
        delivery.next_at = webhook.next_at = now() + _pause(webhook.failures)
    if now() - webhook.failing_since >= GIVE_UP_AFTER:
        disable_webhook(webhook, FAILED.format(delivery.status_code or delivery.answer), by=None)
    elif now() - delivery.failing_since >= GIVE_UP_AFTER:
        _give_up(delivery, webhook)


def _give_up(delivery: WebhookDelivery, webhook: Webhook) -> None:
    """Whatever else is refused keeps the webhook in trouble; this one no longer does."""
    delivery.status = Sending.FAILED
    others = (WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.undelivered, WebhookDelivery.id != delivery.id)
    webhook.failing_since = db.session.scalar(sa.select(sa.func.min(WebhookDelivery.failing_since)).where(*others))


def _pause(attempts: int) -> timedelta:
    return PAUSES[min(attempts, len(PAUSES)) - 1]

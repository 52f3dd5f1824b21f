"""What was delivered to a webhook, and delivering it again."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select

from app.clock import now
from app.errors import Conflict, NotFound
from app.events import record
from app.extensions import db
from app.people.models import Person
from app.webhooks.models import Sending, Webhook, WebhookDelivery

KEPT = timedelta(days=30)
AT_ONCE = 1000


def deliveries_page(webhook: Webhook, *, before: int | None, limit: int) -> list[WebhookDelivery]:
    """The deliveries of a webhook from the newest back."""
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id)
    if before is not None:
        query = query.where(WebhookDelivery.id < before)
    return list(db.session.scalars(query.order_by(WebhookDelivery.id.desc()).limit(limit)))


def delivery_of(webhook: Webhook, uuid: UUID) -> WebhookDelivery:
    """Raises NotFound."""
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.uuid == uuid)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("There is no such delivery.")
    return found


def redeliver(delivery: WebhookDelivery, *, by: Person | None) -> None:
    """Send an event once more, under the same id, before what came after it in its case. Raises Conflict."""
    db.session.refresh(delivery.webhook, with_for_update=True)
    db.session.refresh(delivery, with_for_update=True)
    if delivery.status is Sending.SENDING:
        raise Conflict("This event is being delivered at this moment.")
    if delivery.webhook.disabled_at:
        raise Conflict("This webhook is disabled; enable it first.")
    delivery.status, delivery.next_at, delivery.attempts = Sending.WAITING, now(), 0
    delivery.failing_since = delivery.delivered_at = None
    delivery.webhook.next_at = now()
    record(delivery.webhook, "webhook_event_redelivered", by=by, new={"event": str(delivery.event.uuid)})


def forget_old_deliveries() -> int:
    """Forget some of what was delivered or given up long ago; returns how many."""
    old = (
        select(WebhookDelivery.id)
        .where(WebhookDelivery.created_at < now() - KEPT, ~WebhookDelivery.undelivered)
        .order_by(WebhookDelivery.created_at)
        .limit(AT_ONCE)
    )
    ids = list(db.session.scalars(old))
    db.session.execute(sa.delete(WebhookDelivery).where(WebhookDelivery.id.in_(ids)))
    return len(ids)

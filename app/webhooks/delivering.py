"""Delivering one event: claim it, post it outside any transaction, settle what came of it."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from flask import json
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.clock import now
from app.crash import CrashPoint, crash_point
from app.extensions import db
from app.feed.telling import moment, told
from app.transaction import reading, transaction
from app.webhooks.channels import TOLD_OF, answer_told, channel_of
from app.webhooks.dispatching import LIVE
from app.webhooks.models import Sending, Webhook, WebhookDelivery
from app.webhooks.settling import settle
from app.webhooks.signing import signed
from app.webhooks.transport import post

LEASE = timedelta(seconds=60)


@dataclass(frozen=True)
class Parcel:
    """What is posted."""

    url: str
    body: bytes
    headers: dict[str, str]


def deliver(delivery_id: int) -> bool:
    """Deliver one event if its turn has come. Says whether it was this call that tried."""
    with transaction():
        attempt = _claim(delivery_id)
    if attempt is None:
        return False
    crash_point(CrashPoint.WEBHOOK_CLAIMED)
    with reading():
        parcel = _packed(db.session.get_one(WebhookDelivery, delivery_id))
    outcome = post(parcel.url, parcel.body, parcel.headers)
    crash_point(CrashPoint.WEBHOOK_BEFORE_SETTLE)
    with transaction():
        settle(delivery_id, attempt, outcome)
    crash_point(CrashPoint.WEBHOOK_AFTER_SETTLE)
    return True


def due_deliveries(webhook_id: int, limit: int) -> list[int]:
    """What can be delivered now: of each case only what comes next."""
    query = select(WebhookDelivery.id).where(WebhookDelivery.webhook_id == webhook_id, _due())
    return list(db.session.scalars(query.order_by(WebhookDelivery.id).limit(limit)))


def webhooks_due() -> list[int]:
    """Those which can be told of something now."""
    waiting = select(WebhookDelivery.id).where(WebhookDelivery.webhook_id == Webhook.id, WebhookDelivery.undelivered)
    waiting = waiting.where(WebhookDelivery.next_at <= now())
    return list(db.session.scalars(select(Webhook.id).where(LIVE, Webhook.next_at <= now(), waiting.exists())))


def _due() -> sa.ColumnElement[bool]:
    earlier = aliased(WebhookDelivery)
    before = select(earlier.id).where(
        earlier.webhook_id == WebhookDelivery.webhook_id,
        earlier.case_id == WebhookDelivery.case_id,
        earlier.id < WebhookDelivery.id,
        earlier.undelivered,
    )
    listens = select(Webhook.id).where(Webhook.id == WebhookDelivery.webhook_id, LIVE, Webhook.next_at <= now())
    return sa.and_(WebhookDelivery.undelivered, WebhookDelivery.next_at <= now(), ~before.exists(), listens.exists())


def _claim(delivery_id: int) -> int | None:
    """Take a delivery; which attempt it is. None when it is not due or somebody else has it.

    The claim is a lease: it ends by itself when this process dies, later than posting may take.
    """
    return db.session.scalar(
        sa.update(WebhookDelivery)
        .where(WebhookDelivery.id == delivery_id, _due())
        .values(status=Sending.SENDING, attempts=WebhookDelivery.attempts + 1, next_at=now() + LEASE)
        .returning(WebhookDelivery.attempts)
        .execution_options(synchronize_session=False)
    )


def _packed(delivery: WebhookDelivery) -> Parcel:
    body = json.dumps(_content(delivery)).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "Casey"}
    webhook = delivery.webhook
    return Parcel(webhook.url, body, {**headers, **signed(webhook, str(delivery.uuid), body)})


def _content(delivery: WebhookDelivery) -> dict[str, object]:
    """The event as the log tells it; an answer in a custom channel as the customer may read it."""
    event = delivery.event
    if event.name in TOLD_OF and channel_of(delivery.webhook):
        return {"type": "message_new", "object": answer_told(event)}
    [content] = told([event])
    return {"type": content["name"], "timestamp": moment(event.created_at), "data": content}

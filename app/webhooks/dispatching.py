"""Walking the log: writing down, for each webhook, what it is to be told of.

Each webhook walks by itself, with a cursor of its own, so that one which was disabled for a while misses nothing.
"""

import sqlalchemy as sa
from sqlalchemy import select

from app.events import Event
from app.extensions import db
from app.feed.reading import events_between, named, settled
from app.queue import bell, ring
from app.transaction import reading
from app.webhooks.channels import answers_in, channel_of
from app.webhooks.models import Webhook, WebhookDelivery

AT_ONCE = 200
LIVE = sa.and_(Webhook.disabled_at.is_(None), Webhook.deleted_at.is_(None))
ANYBODY = select(Webhook.id).where(LIVE).limit(1)  # put together once, since it is asked after every commit


def nudge() -> None:
    """Something was committed: have it told, if there is anybody to be told."""
    if bell() is None:
        return
    with reading():
        anybody = db.session.scalar(ANYBODY)
    if anybody:
        ring("webhooks.dispatch")


def webhooks_behind() -> list[int]:
    """Those which have not walked to the end of the log."""
    return list(db.session.scalars(select(Webhook.id).where(LIVE, Webhook.cursor < settled()).order_by(Webhook.id)))


def write_deliveries(webhook_id: int) -> bool:
    """Write down the next events for a webhook. Says whether there may be more of them."""
    webhook = db.session.scalar(select(Webhook).where(LIVE, Webhook.id == webhook_id).with_for_update())
    if webhook is None:
        return False
    until = settled()
    found = events_between(webhook.cursor, until, limit=AT_ONCE, which=_wanted(webhook))
    db.session.add_all(
        WebhookDelivery(webhook_id=webhook.id, event_sequence=event.sequence, case_id=event.case_id) for event in found
    )
    full = len(found) == AT_ONCE
    webhook.cursor = found[-1].sequence if full else max(webhook.cursor, until)
    return full


def _wanted(webhook: Webhook) -> sa.ColumnElement[bool]:
    """What it asked for, or the answers in the channel that it belongs to; and its own tests."""
    channel = channel_of(webhook)
    wanted = answers_in(channel) if channel else named(webhook.events)
    tests = sa.and_(
        Event.name == "webhook_tested",
        Event.subject_table == Webhook.__tablename__,
        Event.subject_id == webhook.id,
    )
    return sa.or_(wanted, tests)

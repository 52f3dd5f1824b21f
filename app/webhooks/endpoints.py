"""Making, changing and finding webhooks."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select
from uuid_utils.compat import uuid7

from app.clock import now
from app.errors import Conflict, NotFound
from app.events import record
from app.extensions import db
from app.feed.reading import settled
from app.people.models import Person
from app.webhooks.addresses import check_url
from app.webhooks.models import Sending, Webhook, WebhookDelivery

MOST = 50
BOTH_SIGN = timedelta(days=1)
BY_HAND = "Disabled by hand."


def create_webhook(
    url: str, events: Sequence[str], description: str, *, uuid: UUID | None = None, by: Person | None
) -> Webhook:
    """Tell an address of what happens from now on; asked again with the same uuid it is the one made before.

    Raises Invalid for a bad address, Conflict when there are enough.
    """
    uuid = uuid or uuid7()
    if before := _webhook(uuid):
        return before
    if len(db.session.scalars(select(Webhook.id).where(Webhook.deleted_at.is_(None))).all()) >= MOST:
        raise Conflict(f"There are {MOST} webhooks already; delete one of them first.")
    webhook = Webhook(uuid=uuid, url=check_url(url), events=list(events), description=description, cursor=settled())
    db.session.add(webhook)
    record(webhook, "webhook_created", by=by, new=_told(webhook))
    return webhook


def change_webhook(
    webhook: Webhook,
    *,
    url: str | None = None,
    events: Sequence[str] | None = None,
    description: str | None = None,
    by: Person | None,
) -> None:
    """Change what is given. Raises Invalid for a bad address."""
    before = [webhook.url, webhook.events, webhook.description]
    old = _told(webhook)
    webhook.url = webhook.url if url is None else check_url(url)
    webhook.events = webhook.events if events is None else list(events)
    webhook.description = webhook.description if description is None else description
    if [webhook.url, webhook.events, webhook.description] != before:
        record(webhook, "webhook_changed", by=by, old=old, new=_told(webhook))


def _told(webhook: Webhook) -> dict[str, object]:
    """Without the path and query of the address, which may be a secret."""
    return {"host": urlsplit(webhook.url).hostname, "events": webhook.events}


def rotate_secret(webhook: Webhook, *, by: Person | None) -> None:
    """Give a new secret. The one before it signs too for a day."""
    webhook.secret_number += 1
    webhook.former_until = now() + BOTH_SIGN
    record(webhook, "webhook_secret_rotated", by=by)


def try_webhook(webhook: Webhook, *, by: Person | None) -> None:
    """Send an event that says nothing but that this works, whatever the webhook wants to hear of. Raises Conflict."""
    if webhook.disabled_at:
        raise Conflict("This webhook is disabled; enable it first.")
    record(webhook, "webhook_tested", by=by)


def disable_webhook(webhook: Webhook, reason: str = BY_HAND, *, by: Person | None) -> None:
    """Send nothing more. What happens meanwhile is sent when it is enabled again."""
    if webhook.disabled_at is None:
        webhook.disabled_at, webhook.disabled_reason = now(), reason
        record(webhook, "webhook_disabled", by=by, new={"reason": reason})


def enable_webhook(webhook: Webhook, *, by: Person | None) -> None:
    """Go on where it stopped, at once."""
    if webhook.disabled_at is not None:
        webhook.disabled_at = webhook.disabled_reason = webhook.failing_since = None
        webhook.failures, webhook.next_at = 0, now()
        db.session.execute(
            sa.update(WebhookDelivery)
            .where(WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.status == Sending.WAITING)
            .values(next_at=now(), failing_since=None, attempts=0)
        )
        record(webhook, "webhook_enabled", by=by)


def delete_webhook(webhook: Webhook, *, by: Person | None) -> None:
    """Send nothing more, ever."""
    webhook.deleted_at = now()
    record(webhook, "webhook_deleted", by=by, old=_told(webhook))


def webhook_by_uuid(uuid: UUID) -> Webhook:
    """Raises NotFound."""
    webhook = _webhook(uuid)
    if webhook is None or webhook.deleted_at:
        raise NotFound("There is no such webhook.")
    return webhook


def _webhook(uuid: UUID) -> Webhook | None:
    """Also one that was deleted."""
    return db.session.scalar(select(Webhook).where(Webhook.uuid == uuid))


def webhooks_numbered(ids: Collection[int]) -> Sequence[Webhook]:
    """The webhooks with these ids, as far as they are there."""
    return db.session.scalars(select(Webhook).where(Webhook.id.in_(ids), Webhook.deleted_at.is_(None))).all()


def webhooks_page(*, after: int, limit: int) -> list[Webhook]:
    """Webhooks from the oldest on."""
    query = select(Webhook).where(Webhook.id > after, Webhook.deleted_at.is_(None)).order_by(Webhook.id).limit(limit)
    return list(db.session.scalars(query))


def any_in_trouble() -> bool:
    """Whether some webhook takes nothing at present, or took nothing for so long that it was disabled."""
    disabled = sa.and_(Webhook.disabled_at.is_not(None), Webhook.disabled_reason != BY_HAND)
    wrong = sa.or_(disabled, Webhook.failing_since.is_not(None))
    return db.session.scalar(select(Webhook.id).where(Webhook.deleted_at.is_(None), wrong).limit(1)) is not None

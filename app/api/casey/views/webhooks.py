"""Webhooks, and what was delivered to them."""

from marshmallow import fields

from app.api.casey.views.shapes import Json, Shape, a_flag, a_moment, a_number, a_text, a_uuid, a_word, many, moment
from app.webhooks.models import Sending, Webhook, WebhookDelivery


class WebhookAnswer(Shape):
    """A webhook, without its secret."""

    uuid = a_uuid()
    url = a_text()
    events = many(fields.String())
    description = a_text()
    disabled = a_flag()
    disabled_at = a_moment(null=True)
    disabled_reason = a_text(null=True)
    failing_since = a_moment(null=True, help="Since when nothing has been accepted.")
    created_at = a_moment()


class WebhookWithSecret(WebhookAnswer):
    """A webhook with its secret, this one time."""

    secret = fields.String(required=True)


def webhook_view(webhook: Webhook) -> Json:
    """A webhook, without its secret."""
    return {
        "uuid": str(webhook.uuid),
        "url": webhook.url,
        "events": webhook.events,
        "description": webhook.description,
        "disabled": webhook.disabled_at is not None,
        "disabled_at": moment(webhook.disabled_at),
        "disabled_reason": webhook.disabled_reason,
        "failing_since": moment(webhook.failing_since),
        "created_at": moment(webhook.created_at),
    }


class WebhookDeliveryAnswer(Shape):
    """One event to one webhook, and how far it got."""

    uuid = a_uuid(help="The webhook-id of the message.")
    sequence = a_number(help="The event.")
    name = a_text()
    status = a_word(Sending)
    attempts = a_number()
    status_code = a_number(null=True)
    answer = a_text(null=True, help="The beginning of the answer, or why there was none.")
    next_at = a_moment(null=True)
    delivered_at = a_moment(null=True)
    created_at = a_moment()


def webhook_delivery_view(delivery: WebhookDelivery) -> Json:
    """One event to one webhook, and how far it got."""
    return {
        "uuid": str(delivery.uuid),
        "sequence": delivery.event_sequence,
        "name": delivery.event.name,
        "status": delivery.status,
        "attempts": delivery.attempts,
        "status_code": delivery.status_code,
        "answer": delivery.answer,
        "next_at": moment(delivery.next_at) if delivery.status is Sending.WAITING else None,
        "delivered_at": moment(delivery.delivered_at),
        "created_at": moment(delivery.created_at),
    }

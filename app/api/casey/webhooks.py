"""Webhooks: who is told of events, and what was delivered."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.schemas.webhooks import NewWebhook, WebhookChange
from app.api.casey.views.shapes import page, page_of
from app.api.casey.views.webhooks import (
    WebhookAnswer,
    WebhookDeliveryAnswer,
    WebhookWithSecret,
    webhook_delivery_view,
    webhook_view,
)
from app.people.access import Act
from app.webhooks.deliveries import deliveries_page, delivery_of, redeliver
from app.webhooks.endpoints import (
    change_webhook,
    create_webhook,
    delete_webhook,
    disable_webhook,
    enable_webhook,
    rotate_secret,
    try_webhook,
    webhook_by_uuid,
    webhooks_page,
)
from app.webhooks.signing import secret_of

MANAGE = Act.MANAGE_WEBHOOKS


@route("/webhooks", "POST", MANAGE, takes=NewWebhook, answers=WebhookWithSecret, status=201, secret=True)
def create(new: Json) -> Answer:
    """Have an address told of events. The answer shows the secret this one time."""
    webhook = create_webhook(new["url"], new["events"], new["description"], by=caller().person)
    return {**webhook_view(webhook), "secret": secret_of(webhook)}


@route("/webhooks", "GET", MANAGE, asks=Page, answers=page_of(WebhookAnswer))
def index(asked: Json) -> Answer:
    """Webhooks from the oldest on."""
    found = webhooks_page(after=asked["cursor"] or 0, limit=asked["limit"])
    return page([webhook_view(one) for one in found], found[-1].id if len(found) == asked["limit"] else None)


@route("/webhooks/<uuid:uuid>", "GET", MANAGE, answers=WebhookAnswer)
def show(uuid: UUID) -> Answer:
    """One webhook."""
    return webhook_view(webhook_by_uuid(uuid))


@route("/webhooks/<uuid:uuid>", "PATCH", MANAGE, takes=WebhookChange, answers=WebhookAnswer)
def change(uuid: UUID, new: Json) -> Answer:
    """Change a webhook, disable it, or have it go on where it stopped."""
    webhook, by = webhook_by_uuid(uuid), caller().person
    disabled = new.pop("disabled", None)
    change_webhook(webhook, **new, by=by)
    if disabled is not None:
        (disable_webhook if disabled else enable_webhook)(webhook, by=by)
    return webhook_view(webhook)


@route("/webhooks/<uuid:uuid>", "DELETE", MANAGE, answers=WebhookAnswer)
def delete(uuid: UUID) -> Answer:
    """Tell it nothing more."""
    webhook = webhook_by_uuid(uuid)
    delete_webhook(webhook, by=caller().person)
    return webhook_view(webhook)


@route("/webhooks/<uuid:uuid>/secret", "POST", MANAGE, answers=WebhookWithSecret, secret=True)
def rotate(uuid: UUID) -> Answer:
    """Change the secret; for a day the former one signs too. The answer shows the new one this one time."""
    webhook = webhook_by_uuid(uuid)
    rotate_secret(webhook, by=caller().person)
    return {**webhook_view(webhook), "secret": secret_of(webhook)}


@route("/webhooks/<uuid:uuid>/test", "POST", MANAGE, answers=WebhookAnswer)
def attempt(uuid: UUID) -> Answer:
    """Send a webhook an event to try it out."""
    webhook = webhook_by_uuid(uuid)
    try_webhook(webhook, by=caller().person)
    return webhook_view(webhook)


@route("/webhooks/<uuid:uuid>/deliveries", "GET", MANAGE, asks=Page, answers=page_of(WebhookDeliveryAnswer))
def deliveries(uuid: UUID, asked: Json) -> Answer:
    """What was delivered to a webhook, or is to be, from the newest back."""
    found = deliveries_page(webhook_by_uuid(uuid), before=asked["cursor"], limit=asked["limit"])
    cursor = found[-1].id if len(found) == asked["limit"] else None
    return page([webhook_delivery_view(one) for one in found], cursor)


@route("/webhooks/<uuid:uuid>/deliveries/<uuid:delivery>/redeliver", "POST", MANAGE, answers=WebhookDeliveryAnswer)
def again(uuid: UUID, delivery: UUID) -> Answer:
    """Send an event once more, under the same webhook-id."""
    found = delivery_of(webhook_by_uuid(uuid), delivery)
    redeliver(found, by=caller().person)
    return webhook_delivery_view(found)

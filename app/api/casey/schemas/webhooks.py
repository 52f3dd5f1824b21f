"""What is said about webhooks."""

from typing import Any

from marshmallow import fields, validate

from app.api.casey.schemas.events import event_name
from app.api.casey.schemas.fields import TEXTS, Strict, flag, text
from app.feed.names import EVERYTHING, MOST_NAMES


def event_names(**options: Any) -> fields.List[Any]:
    """Names of events, or beginnings of some with a star."""
    sentence = f"This must be a list of 1 to {MOST_NAMES} names."
    return fields.List(
        event_name(),
        validate=validate.Length(1, MOST_NAMES, error=sentence),
        error_messages={**TEXTS, "invalid": sentence},
        **options,
    )


def web_address(**options: Any) -> fields.String:
    """The address of a server."""
    return text(2000, like="https://shop.example.com/casey", pattern='^https?://[!-"$-~]+$', **options)


class NewWebhook(Strict):
    """Body of POST /webhooks."""

    url = web_address(required=True)
    events = event_names(load_default=lambda: [EVERYTHING])
    description = text(500, least=0, load_default="")


class WebhookChange(Strict):
    """Body of PATCH /webhooks/{uuid}."""

    url = web_address()
    events = event_names()
    description = text(500, least=0)
    disabled = flag()

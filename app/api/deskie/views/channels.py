"""Custom channels on Deskie's wire."""

from marshmallow import fields

from app.api.deskie.views.shapes import Json, Shape, a_flag, a_number, a_text, list_of
from app.people.access import Act
from app.people.credentials import ApiKey
from app.webhooks.channels import Channel


class ChannelShape(Shape):
    """A custom channel."""

    channel_id = a_number()
    channel_api_key = a_text("What cases call it, such as cch1. It is no secret.")
    title = a_text()
    channel_type = a_text("async or sync.")
    icon = a_text()
    webhook_url = a_text("Shown to those who may change it; empty for others.")
    active = a_flag()


class OneChannel(Shape):
    """A channel in its envelope."""

    custom_channel = fields.Nested(ChannelShape, required=True)


ChannelList = list_of("custom_channel", ChannelShape)


def channel_row(channel: Channel, key: ApiKey) -> Json:
    """A custom channel, for whoever has this key: an address may hold a secret."""
    url = channel.webhook.url if channel.webhook and key.allows(Act.MANAGE_WEBHOOKS) else ""
    return {
        "channel_id": channel.id,
        "channel_api_key": channel.key,
        "title": channel.title,
        "channel_type": channel.kind,
        "icon": channel.icon,
        "webhook_url": url,
        "active": channel.disabled_at is None,
    }


def one_channel(channel: Channel, key: ApiKey) -> Json:
    """A channel in its envelope."""
    return {"custom_channel": channel_row(channel, key)}

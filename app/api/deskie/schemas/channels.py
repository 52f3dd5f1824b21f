"""What is said about custom channels."""

from app.api.deskie.schemas.fields import Lenient, one_of, text
from app.webhooks.channels import LONGEST_ICON, LONGEST_TITLE, ChannelKind

LONGEST_URL = 2000


class ChannelChange(Lenient):
    """Body of PUT /custom_channels/{channel}.json, inside of ``custom_channel``."""

    title = text(LONGEST_TITLE, least=1)
    channel_type = one_of([*ChannelKind])
    icon = text(LONGEST_ICON)
    webhook_url = text(LONGEST_URL)


class NewChannel(Lenient):
    """Body of POST /custom_channels.json, likewise."""

    title = text(LONGEST_TITLE, least=1, required=True)
    channel_type = one_of([*ChannelKind], load_default=ChannelKind.ASYNC)
    icon = text(LONGEST_ICON, load_default="")
    webhook_url = text(LONGEST_URL, load_default="")

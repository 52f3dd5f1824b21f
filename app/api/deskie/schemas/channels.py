"""What is said about channels: through which one a case came, and about custom ones."""

import re

from marshmallow import ValidationError

from app.api.deskie.schemas.fields import TEXTS, Lenient, Text, one_of, text
from app.api.deskie.words import UNSPOKEN
from app.webhooks.channels import LONGEST_ICON, LONGEST_TITLE, ChannelKind

LONGEST_URL = 2000
NAMES = ("email", "web", *UNSPOKEN)
CHANNEL = re.compile(rf"(?:{'|'.join(NAMES)}|cch[0-9]{{1,9}})?", re.ASCII)


def channel_of_case() -> Text:
    """The channel of a new case: one of Deskie's, or a custom one such as ``cch1``. An empty text says nothing."""
    told = {"type": "string", "pattern": f"^{CHANNEL.pattern}$", "examples": ["web"]}
    return Text(validate=_check_known, error_messages=TEXTS, metadata=told)


def _check_known(channel: str) -> None:
    if not CHANNEL.fullmatch(channel):
        raise ValidationError(f"This must be {' or '.join(NAMES)}, or a custom channel such as cch1.")


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

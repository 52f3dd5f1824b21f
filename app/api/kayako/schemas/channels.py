"""What a channel is told beside the text."""

import json
from typing import Any

from marshmallow import ValidationError, fields

from app.api.kayako.schemas.fields import parts
from app.api.kayako.words import MAIL, NOTE, UNSPOKEN
from app.api.lenient import TEXTS, Lenient, flag, text

CHANNELS = [MAIL, NOTE, "HELPCENTER", *dict.fromkeys(UNSPOKEN.values())]

Json = dict[str, Any]


class ChannelOptions(fields.Field[Json]):
    """``{"cc": "a@x.test,b@x.test", "html": true}``, also as a text that is JSON."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Json:
        found = value
        if isinstance(value, str):
            try:
                found = json.loads(value or "{}")
            except ValueError:
                raise ValidationError('This must be an object, such as {"html": true}.') from None
        if found == []:
            return {}
        if not isinstance(found, dict):
            raise ValidationError('This must be an object, such as {"html": true}.')
        return dict(OptionsOfChannel().load(found))


class OptionsOfChannel(Lenient):
    """What a channel is told beside the text."""

    cc = parts()
    html = flag(load_default=False)
    type = text(40)


def channel_options() -> ChannelOptions:
    """What a channel is told beside the text."""
    return ChannelOptions(load_default=dict, error_messages=TEXTS, metadata={"type": ["object", "string"]})

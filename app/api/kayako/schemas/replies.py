"""What is said in a reply."""

import json
from typing import Any

from marshmallow import ValidationError, fields

from app.api.kayako.schemas.cases import LONGEST_SUBJECT, Facts
from app.api.kayako.schemas.channels import CHANNELS, channel_options
from app.api.kayako.schemas.fields import parts, word
from app.api.kayako.schemas.files import WithFiles
from app.api.kayako.words import MAIL
from app.api.lenient import TEXTS, number, text
from app.cases.posting import LONGEST_BODY

SOURCES = ("MAIL", "MESSENGER", "AGENT", "API", "MOBILE", "HELPCENTER")
# What is kept of what a program says of itself.
KEPT = ("user_agent", "page_url")
LONGEST = 500

Json = dict[str, Any]


class Metadata(fields.Field[Json]):
    """``{"user_agent": "Chrome"}``, also as a text that is JSON; what is not known is left alone."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Json:
        found = _read(value) if isinstance(value, str) else value
        if found in ([], None):
            return {}
        if not isinstance(found, dict):
            raise ValidationError('This must be an object, such as {"user_agent": "Chrome"}.')
        return {name: str(found[name])[:LONGEST] for name in KEPT if found.get(name)}


def _read(value: str) -> Any:
    try:
        return json.loads(value or "{}")
    except (ValueError, RecursionError):
        return value


class NewReply(Facts, WithFiles):
    """Body of POST /cases/{id}/reply."""

    contents = text(LONGEST_BODY, least=1, required=True)
    subject = text(LONGEST_SUBJECT)
    channel = word(CHANNELS, load_default=MAIL)
    channel_id = number(allow_none=True)
    channel_options = channel_options()
    tags = parts()
    source = word(SOURCES)
    metadata = Metadata(error_messages=TEXTS, metadata={"type": ["object", "string", "array"]})
    client_id = text(200, allow_none=True)

"""What is said about cases."""

import json
from typing import Any

from marshmallow import ValidationError, fields, validate, validates

from app.api.casey.schemas.fields import TEXTS, Strict, text
from app.cases.posting import LONGEST_BODY

LARGEST_META = 64 * 1024
MOST_TAGS = 100


class Creator(Strict):
    """Who opens a case."""

    name = text(200, least=0, load_default="")
    email = text(320, required=True)


class NewCase(Strict):
    """Body of POST /cases."""

    creator = fields.Nested(Creator, required=True, error_messages={**TEXTS, "type": "This must be a JSON object."})
    subject = text(500, required=True)
    message = text(LONGEST_BODY, required=True)
    category = text(100, load_default=None, allow_none=True)
    tags = fields.List(
        text(100),
        load_default=list,
        validate=validate.Length(max=MOST_TAGS, error=f"There must be at most {MOST_TAGS} tags."),
        error_messages={**TEXTS, "invalid": "This must be an array of strings."},
    )
    meta = fields.Dict(
        keys=fields.String(),
        load_default=dict,
        error_messages={**TEXTS, "invalid": "This must be a JSON object."},
    )

    @validates("meta")
    def _only_their_own_keys(self, meta: dict[str, Any], **_: Any) -> None:
        taken = sorted(key for key in meta if key.lower().startswith("casey"))
        if taken:
            raise ValidationError(f"Keys that begin with casey are ours: {', '.join(taken)}. Prefix yours otherwise.")
        if len(json.dumps(meta)) > LARGEST_META:
            raise ValidationError(f"This must be at most {LARGEST_META // 1024} KB large.")


class NewMessage(Strict):
    """Body of POST /cases/{uuid}/messages."""

    sender = text(320, required=True, data_key="from")
    message = text(LONGEST_BODY, required=True)


class Confirmation(Strict):
    """Body of POST /cases/confirm."""

    code = text(200, required=True)

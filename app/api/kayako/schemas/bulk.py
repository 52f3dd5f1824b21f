"""Many cases at once, each with what was written on it."""

from typing import Any

from marshmallow import fields, validate

from app.api.kayako.schemas.cases import NewCase
from app.api.kayako.schemas.channels import CHANNELS, channel_options
from app.api.kayako.schemas.fields import moment, numbers, word
from app.api.kayako.words import MAIL
from app.api.lenient import TEXTS, Lenient, flag, number, several, text
from app.cases.posting import LONGEST_BODY

MOST_CASES, MOST_POSTS = 200, 1000
Json = dict[str, Any]


class BulkPost(Lenient):
    """What was written on a case later."""

    contents = text(LONGEST_BODY, least=1, required=True)
    creator_id = number(allow_none=True)
    channel = word(CHANNELS, load_default=MAIL)
    channel_id = number(allow_none=True)
    channel_options = channel_options()
    attachment_file_ids = numbers(load_default=list)
    created_at = moment()
    updated_at = moment()


class BulkCase(NewCase):
    """One of the cases: what POST /cases takes, at its own time."""

    posts = several(
        fields.Nested(BulkPost),
        most=validate.Length(max=MOST_POSTS, error=f"There must be at most {MOST_POSTS:,} posts."),
        load_default=list,
    )
    created_at = moment()
    updated_at = moment()


class BulkCases(Lenient):
    """Body of POST /bulk/cases. What is wrong with one of the cases is told by the job."""

    cases = several(
        fields.Dict(error_messages={**TEXTS, "invalid": "This must be an object."}),
        most=validate.Length(1, MOST_CASES, error=f"There must be 1 to {MOST_CASES} cases."),
        required=True,
    )


class BulkQuery(Lenient):
    """Query of POST /bulk/cases."""

    partial_import = flag(load_default=False)

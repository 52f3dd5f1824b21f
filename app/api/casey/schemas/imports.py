"""What is said about cases that are taken over from elsewhere. An export says it too, and more."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from app.api.casey.schemas.fields import TEXTS, Strict, a_json_object, a_time, flag, one_of, text
from app.api.casey.schemas.labels import tag_names
from app.api.casey.schemas.meta import own_data
from app.cases.content import LONGEST_HTML
from app.cases.models import PostKind, Priority, Status
from app.cases.posting import LONGEST_BODY
from app.cases.ratings import LONGEST_COMMENT, MOST_SHOWN, Score

MOST_MESSAGES = 10_000
MOST_PERSONS = 10_000
MOST_FILES = 1000


def _told() -> fields.Raw:
    """What an export tells for those who read it; here it is something else, or nothing."""
    return fields.Raw(allow_none=True)


def _maybe_a_time() -> fields.Field[Any]:
    return a_time(allow_none=True)


def _many(shape: type[Strict], most: int, what: str, **options: Any) -> fields.List[Any]:
    return fields.List(
        fields.Nested(shape, error_messages={"type": "This must be a JSON object."}),
        validate=validate.Length(0, most, error=f"There must be at most {most:,} {what}."),
        error_messages={**TEXTS, "invalid": f"This must be an array of {what}."},
        **options,
    )


def _one(shape: type[Strict], **options: Any) -> fields.Nested:
    return fields.Nested(shape, error_messages={**TEXTS, "type": "This must be a JSON object."}, **options)


class ImportedPerson(Strict):
    """Somebody in an imported case."""

    email = text(320, required=True)
    name = text(200, least=0)
    team = flag()


class ImportedParticipant(ImportedPerson):
    """Somebody who gets the mail of an imported case."""

    alias = text(200)
    joined_at = _maybe_a_time()
    removed_at = _maybe_a_time()
    muted_at = _maybe_a_time()


class ImportedRating(Strict):
    """What somebody thought of an imported case, or of a message in it."""

    sender = text(320, allow_none=True, data_key="from")
    rated = text(320, allow_none=True)
    score = one_of(Score, required=True)
    comment = text(LONGEST_COMMENT, least=0)
    created_at = a_time(required=True)


class ImportedFile(Strict):
    """What is known of a file in an imported case."""

    uuid = _told()
    name = text(255, required=True)
    content_type = text(255, least=0)
    content_id = text(255, least=0, allow_none=True)
    inline = flag()
    size = _told()
    file = text(300, allow_none=True)
    sha256 = text(64, required=True)


class ImportedMail(Strict):
    """Which mail a message was. The mail itself is in the archive."""

    sha256 = text(64, required=True)
    received_at = a_time(required=True)


class ImportedMessage(Strict):
    """A message or note of an imported case."""

    uuid = _told()
    mail = _one(ImportedMail, allow_none=True)
    kind = one_of(PostKind)
    external_id = text(200, allow_none=True)
    sender = text(320, required=True, data_key="from")
    name = text(200, least=0)
    team = flag()
    message = text(LONGEST_BODY, least=0, required=True)
    html = text(LONGEST_HTML, allow_none=True)
    visible = fields.List(fields.List(fields.Integer(strict=True)), allow_none=True)
    channel = text(40)
    robot = flag()
    verified = flag()
    created_at = a_time(required=True)
    edited_at = _maybe_a_time()
    pinned_at = _maybe_a_time()
    attachments = _many(ImportedFile, MOST_FILES, "files")
    ratings = _many(ImportedRating, MOST_SHOWN, "ratings")

    @validates_schema
    def _something_is_said(self, found: dict[str, Any], **_: Any) -> None:
        if not found["message"].strip() and not (found.get("robot") or found.get("attachments")):
            raise ValidationError("This must not be blank.", "message")


class ImportedCase(Strict):
    """A line of POST /imports/cases."""

    uuid = reference = state = follows = merged_into = links = organization = sla = _told()
    external_id = text(200, required=True)
    creator = _one(ImportedPerson, required=True)
    requester = _one(ImportedPerson)
    assignee = _one(ImportedPerson, allow_none=True)
    team = text(200, allow_none=True)
    participants = _many(ImportedParticipant, MOST_PERSONS, "participants")
    subject = text(500, required=True)
    status = one_of(Status)
    custom_status = text(100, allow_none=True)
    form = text(100, allow_none=True)
    priority = one_of(Priority)
    type = text(40, allow_none=True)
    category = text(100, allow_none=True)
    channel = text(40)
    language = text(35, allow_none=True)
    tags = tag_names()
    meta = own_data()
    said = a_json_object(data_key="fields")
    created_at = a_time(required=True)
    updated_at = _maybe_a_time()
    confirmed_at = _maybe_a_time()
    closed_at = _maybe_a_time()
    spam_at = _maybe_a_time()
    trashed_at = _maybe_a_time()
    snoozed_until = _maybe_a_time()
    messages = _many(ImportedMessage, MOST_MESSAGES, "messages", required=True)
    ratings = _many(ImportedRating, MOST_SHOWN, "ratings")


class ImportQuery(Strict):
    """Query of POST /imports/cases."""

    what_is_right = fields.Boolean(
        data_key="partial", load_default=False, error_messages={"invalid": "This must be true or false."}
    )

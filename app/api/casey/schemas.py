"""What the native API takes. Unknown keys are refused, so that a misspelt one is not silently lost."""

import json
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates

from app.cases.models import State, Status
from app.cases.posting import LONGEST_BODY
from app.mail.models import Outcome
from app.people.models import Role

LARGEST_META = 64 * 1024
MOST_TAGS = 100
FILLED = validate.Regexp(r"\s*\S|\Z", error="This must not be blank.")
TEXTS = {
    "required": "This field is required.",
    "null": "This field must not be null.",
}


class Strict(Schema):
    """A schema that refuses what it does not know."""

    class Meta:
        unknown = RAISE

    error_messages = {  # noqa: RUF012 - marshmallow reads it
        "unknown": "There is no such field.",
        "type": "This must be a JSON object.",
    }


def text(most: int, *, required: bool = False, least: int = 1, **options: Any) -> fields.String:
    """A string of ``least`` to ``most`` characters; blanks alone are only taken where nothing would be."""
    sentence = (
        f"This must be {least} to {most} characters long." if least else f"This must be at most {most} characters long."
    )
    length = validate.Length(least, most, error=sentence)
    return fields.String(
        required=required,
        validate=[length, FILLED] if least else length,
        error_messages={**TEXTS, "invalid": "This must be a string."},
        **options,
    )


def one_of(words: Any, **options: Any) -> fields.Enum[Any]:
    """One of the words of an enumeration."""
    known = " or ".join(str(word) for word in words)
    return fields.Enum(
        words,
        by_value=True,
        error_messages={**TEXTS, "unknown": f"This must be {known}.", "invalid": f"This must be {known}."},
        **options,
    )


class Flag(fields.Boolean):
    """true or false, and neither 1 nor 0, which Python takes for the same."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


def flag(**options: Any) -> Flag:
    """true or false."""
    return Flag(error_messages={**TEXTS, "invalid": "This must be true or false."}, **options)


class Page(Strict):
    """Query of a list: ``limit`` rows from ``cursor`` on."""

    limit = fields.Integer(
        load_default=50,
        validate=validate.Range(1, 200, error="This must be a whole number from 1 to 200."),
        error_messages={"invalid": "This must be a whole number from 1 to 200."},
    )
    cursor = fields.Integer(
        load_default=None,
        validate=validate.Range(0, 2**31 - 1, error="This is not a cursor that a list gave."),
        error_messages={"invalid": "This is not a cursor that a list gave."},
    )


class CasesPage(Page):
    """Query of the list of cases."""

    state = one_of(State, load_default=State.ACTIVE)
    status = one_of(Status, load_default=None)


class PersonsPage(Page):
    """Query of the list of persons."""

    team = fields.Boolean(load_default=None, error_messages={"invalid": "This must be true or false."})
    email = text(320, load_default=None)


class InboundPage(Page):
    """Query of the list of received mails."""

    outcome = one_of(Outcome, load_default=None)


class Replay(Strict):
    """Query of POST /inbound/{uuid}/replay."""

    dry_run = fields.Boolean(load_default=False, error_messages={"invalid": "This must be true or false."})


class NewPerson(Strict):
    """Body of POST /persons."""

    name = text(200, required=True)
    email = text(320, required=True)
    team = flag()
    role = one_of(Role)


class PersonChange(Strict):
    """Body of PATCH /persons/{uuid}."""

    name = text(200)
    email = text(320)
    team = flag()
    role = one_of(Role)
    disabled = flag()


class Creator(Strict):
    """Who opens a case."""

    name = text(200, least=0, load_default="")
    email = text(320, required=True)


def _message() -> fields.String:
    return text(LONGEST_BODY, required=True)


class NewParticipant(Strict):
    """Body of POST /cases/{uuid}/participants."""

    email = text(320, required=True)
    name = text(200, least=0, load_default="")


class NewCase(Strict):
    """Body of POST /cases."""

    creator = fields.Nested(Creator, required=True, error_messages={**TEXTS, "type": "This must be a JSON object."})
    subject = text(500, required=True)
    message = _message()
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
    message = _message()


class Confirmation(Strict):
    """Body of POST /cases/confirm."""

    code = text(200, required=True)


class NewKey(Strict):
    """Body of POST /api-keys. Without a person the key is the operator's own."""

    person = fields.UUID(
        load_default=None,
        allow_none=True,
        error_messages={**TEXTS, "invalid_uuid": "This must be the uuid of a person."},
    )
    role = one_of(Role, required=True)
    name = text(200, required=True)


class Empty(Strict):
    """Body of a call that takes none, or an empty object."""

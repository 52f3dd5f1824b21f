"""The fields that bodies and queries of the native API are made of, each with the sentence that refuses a value."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from app.errors import Invalid
from app.listing.cursors import SENTENCE, is_id, unwrapped, wrapped
from app.listing.filters import list_of

FILLED = validate.Regexp(r"\s*\S|\Z", error="This must not be blank.")
PLAIN = validate.Regexp(
    r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]*\Z", error="This must be one line, without control characters."
)
TEXTS = {
    "required": "This field is required.",
    "null": "This field must not be null.",
}
TOLD = {"like", "help", "pattern", "format"}


class Strict(Schema):
    """A schema that refuses what it does not know."""

    class Meta:
        unknown = RAISE

    error_messages = {  # noqa: RUF012 - marshmallow reads it
        "unknown": "There is no such field. There are: {known}.",
        "type": "This must be a JSON object.",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        known = sorted(str(one.data_key or name) for name, one in self.load_fields.items())
        self.error_messages["unknown"] = self.error_messages["unknown"].format(known=", ".join(known))


def text(most: int, *, required: bool = False, least: int = 1, **options: Any) -> fields.String:
    """A string of ``least`` to ``most`` characters; blanks alone are only taken where nothing would be.

    ``like``, ``help``, ``pattern`` and ``format`` are told of it, see ``told_of``.
    """
    told = told_of(**{name: options.pop(name) for name in TOLD & options.keys()})
    sentence = (
        f"This must be {least} to {most} characters long." if least else f"This must be at most {most} characters long."
    )
    length = validate.Length(least, most, error=sentence)
    return fields.String(
        required=required,
        validate=[length, FILLED] if least else length,
        error_messages={**TEXTS, "invalid": "This must be a string."},
        metadata=told,
        **options,
    )


def address(**options: Any) -> fields.String:
    """An e-mail address; whether it is one, and whose, is seen by the verbs."""
    return text(320, **{"like": "ben@domain.tld", **options}, format="email")


def told_of(*, like: str = "", help: str = "", pattern: str = "", format: str = "") -> dict[str, Any]:
    """What the document says of a field beside its bounds: an example, a sentence, what it must look like."""
    told = {"examples": [like] if like else None, "description": help, "pattern": pattern, "format": format}
    return {name: value for name, value in told.items() if value}


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


def several(words: Iterable[str], help: str) -> dict[str, Any]:
    """What is told of a text of some of these words with commas between them."""
    known = list(words)
    return {"type": "string", **told_of(like=known[0], help=help, pattern=list_of(*known))}


def line(most: int, *, like: str = "", **options: Any) -> fields.String:
    """A text of one line, such as may stand in the header of a mail; without blanks around it."""
    return _Line(
        metadata=told_of(like=like),
        validate=[validate.Length(1, most, error=f"This must be 1 to {most} characters long."), PLAIN],
        error_messages={**TEXTS, "invalid": "This must be a string."},
        **options,
    )


class _Line(fields.String):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        return str(super()._deserialize(value, attr, data, **options)).strip()


def whole(least: int, most: int, **options: Any) -> fields.Integer:
    """A whole number in these bounds."""
    sentence = f"This must be a whole number from {least} to {most}."
    return fields.Integer(
        strict=True,
        validate=validate.Range(least, most, error=sentence),
        error_messages={**TEXTS, "invalid": sentence, "too_large": sentence},
        **options,
    )


def a_uuid_of(thing: str, **options: Any) -> fields.UUID:
    """The uuid of another thing."""
    return fields.UUID(error_messages={**TEXTS, "invalid_uuid": f"This must be the uuid of {thing}."}, **options)


def a_json_object(**options: Any) -> fields.Dict:
    """An object with any members."""
    return fields.Dict(
        keys=fields.String(), error_messages={**TEXTS, "invalid": "This must be a JSON object."}, **options
    )


class Moment(fields.AwareDateTime):
    """A moment with its offset, which must still be one in UTC."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> datetime:
        try:
            return super()._deserialize(value, attr, data, **options).astimezone(UTC)
        except OverflowError:
            raise self.make_error("invalid") from None


def a_time(**options: Any) -> Moment:
    """A moment with its offset (RFC 3339)."""
    return Moment(
        format="iso",
        error_messages={
            **TEXTS,
            "invalid": "This must be a moment with its offset, such as 2027-01-31T12:00:00Z.",
            "invalid_awareness": "This must say its offset, such as the Z in 2027-01-31T12:00:00Z.",
        },
        **options,
    )


def asked_flag(help: str) -> fields.Boolean:
    """true or false in a query, which is all text; false unless it is asked for."""
    sentence = "This must be true or false."
    return fields.Boolean(load_default=False, error_messages={"invalid": sentence}, metadata={"description": help})


class Limited(Strict):
    """Query of a list of at most ``limit`` rows."""

    limit = fields.Integer(
        load_default=50,
        validate=validate.Range(1, 200, error="This must be a whole number from 1 to 200."),
        error_messages={"invalid": "This must be a whole number from 1 to 200."},
    )


class Cursor(fields.String):
    """Where a page begins: the id that the cursor of a list stands for."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        try:
            found = unwrapped(super()._deserialize(value, attr, data, **options))
        except Invalid as error:
            raise ValidationError(error.message) from None
        if not is_id(found):
            raise ValidationError(SENTENCE)
        return found


class Page(Limited):
    """Query of a list: ``limit`` rows from ``cursor`` on."""

    cursor = Cursor(
        load_default=None,
        error_messages={"invalid": SENTENCE},
        metadata=told_of(like=wrapped(1), help="The `next` of the page before.", pattern="^[A-Za-z0-9_-]+$"),
    )


class Empty(Strict):
    """Body of a call that takes none, or an empty object."""

    error_messages = {"unknown": "There is no such field: this takes none."}  # noqa: RUF012 - marshmallow reads it


class Unasked(Strict):
    """Query of a call that takes none."""

    error_messages = {"unknown": "There is no such parameter here."}  # noqa: RUF012 - marshmallow reads it

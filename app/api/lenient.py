"""The fields that bodies and queries of dialects are made of which were not ours.

They take what integrations send: a number as a text, a list as its only value, a flag as 1 or True.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from app.api.brackets import values_of
from app.api.wire import LARGEST_NUMBER

MOST_VALUES = 20
LARGEST_ID = 2**31 - 1
EMPTY = "This must not be empty."
Texts = dict[str, str | list[Any] | dict[Any, Any]]

TEXTS: Texts = {
    "required": "This field is required.",
    "null": "This must not be null.",
}


def tells_missing(sentence: str) -> bool:
    """Whether a sentence says that a field is missing. Words in its middle may be the operator's own."""
    return sentence.startswith("This field is required")


def tells_empty(sentence: str) -> bool:
    """Whether it says that a field is empty."""
    return sentence.endswith("must not be empty.")


FLAGS = {"true": True, "1": True, "false": False, "0": False}
MANY = validate.Length(max=MOST_VALUES, error=f"There must be at most {MOST_VALUES} values.")


class Lenient(Schema):
    """A schema that leaves alone what it does not know, since the vendor adds fields now and then.

    Null says nothing, since typed clients send it for whatever they leave out; neither does an empty text where no text
    is meant, since a form can send nothing else.
    """

    class Meta:
        unknown = EXCLUDE

    error_messages = {"type": "This must be an object."}  # noqa: RUF012 - marshmallow reads it

    @pre_load
    def said(self, given: Any, **_: Any) -> Any:
        """What is said in earnest."""
        return {name: one for name, one in given.items() if self._says(name, one)} if isinstance(given, dict) else given

    def _says(self, name: str, value: Any) -> bool:
        field = self.fields.get(name)
        if value is None:
            return field is None or field.required or field.allow_none
        return value != "" or not isinstance(field, Meant)


class Meant:
    """A field of which an empty text says nothing."""


class Text(fields.Field[str]):
    """A text; a number is one too."""

    default_error_messages = {"invalid": "This must be a text."}  # noqa: RUF012 - marshmallow reads it

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.make_error("invalid")
        return str(value)


class Word(Meant, Text):
    """A word of a few."""


class Number(Meant, fields.Field[int]):
    """An id; digits in a text are one too."""

    default_error_messages = {"invalid": "This must be a number."}  # noqa: RUF012 - marshmallow reads it

    def __init__(self, least: int = 0, most: int = LARGEST_ID, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most = least, most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> int:
        text = "" if isinstance(value, bool) or not isinstance(value, int | str) else str(value).strip()
        if not (text.isascii() and text.isdecimal() and len(text) < 20):
            raise self.make_error("invalid")
        if not self.least <= int(text) <= self.most:
            raise ValidationError(f"This must be a number from {self.least:,} to {self.most:,}.")
        return int(text)


class Flag(Meant, fields.Field[bool]):
    """true or false, however they are written."""

    default_error_messages = {"invalid": "This must be true or false."}  # noqa: RUF012 - marshmallow reads it

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> bool:
        found = FLAGS.get(str(value).strip().lower())
        if found is None:
            raise self.make_error("invalid")
        return found


class Several(fields.List[Any]):
    """Values, however an array came; a single one is an array too."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Any]:
        return super()._deserialize(values_of(value), attr, data, **options)


def text(most: int, *, least: int = 0, **options: Any) -> Text:
    """A text of ``least`` to ``most`` characters."""
    sentence = EMPTY if least == 1 else f"This must be {least} to {most:,} characters long."
    checks = [validate.Length(max=most, error=f"This must be at most {most:,} characters long.")]
    if least:
        checks.append(validate.Length(min=least, error=sentence))
    told = {"type": ["string", "number"], "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}
    return Text(validate=checks, error_messages=TEXTS, metadata=told, **options)


def number(least: int = 0, most: int = LARGEST_ID, **options: Any) -> Number:
    """An id, or how many."""
    told = {"type": ["integer", "string"], "minimum": least, "maximum": most, "pattern": "^[0-9]+$", "examples": [1]}
    return Number(least, most, error_messages=TEXTS, metadata=told, **options)


def flag(**options: Any) -> Flag:
    """true or false."""
    told = {"type": ["boolean", "string", "integer"], "enum": [True, False, *FLAGS, 1, 0], "examples": [True]}
    return Flag(error_messages=TEXTS, metadata=told, **options)


def one_of(words: Sequence[str] | Mapping[str, object], **options: Any) -> Word:
    """One of these words."""
    known = list(words)
    return Word(
        validate=validate.OneOf(known, error=f"This must be {' or '.join(known)}."),
        metadata={"type": "string", "enum": known},
        error_messages=TEXTS,
        **options,
    )


def several(inner: fields.Field[Any], *, most: validate.Length = MANY, **options: Any) -> Several:
    """Up to twenty values, unless another number is given."""
    return Several(inner, validate=most, error_messages={**TEXTS, "invalid": "This must be an array."}, **options)

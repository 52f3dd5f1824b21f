"""What is asked of the log of events."""

from typing import Any

from marshmallow import fields, validate

from app.api.casey.schemas.fields import TEXTS, Strict
from app.feed.names import NAME, NO_NAME

LONGEST_WAIT = 30
LONGEST_STREAM = 900


def number(low: int, high: int, **options: Any) -> fields.Integer:
    """A whole number from low to high, both included."""
    sentence = f"This must be a whole number from {low} to {high}."
    return fields.Integer(
        validate=validate.Range(low, high, error=sentence), error_messages={"invalid": sentence}, **options
    )


def after(**options: Any) -> fields.Integer:
    """The number of an event."""
    sentence = "This must be the sequence of an event."
    return fields.Integer(
        validate=validate.Range(0, 2**53, error=sentence), error_messages={"invalid": sentence}, **options
    )


def event_name(**options: Any) -> fields.String:
    """The name of an event, or the beginning of some with a star."""
    is_name = validate.Regexp(NAME, error=NO_NAME)
    return fields.String(validate=is_name, error_messages={**TEXTS, "invalid": NO_NAME}, **options)


class Narrowed(Strict):
    """Query of a part of the log."""

    name = event_name(load_default="*")
    case = fields.UUID(load_default=None, error_messages={"invalid_uuid": "This must be the uuid of a case."})


class Events(Narrowed):
    """Query of the log."""

    after = after(load_default=0)
    limit = number(1, 200, load_default=50)
    wait = number(0, LONGEST_WAIT, load_default=0)


class Stream(Narrowed):
    """Query of the stream; without ``after`` it begins now."""

    after = after(load_default=None)
    wait = number(0, LONGEST_STREAM, load_default=LONGEST_STREAM)

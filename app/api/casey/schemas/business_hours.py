"""What is said about business hours."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from app.api.casey.schemas.fields import TEXTS, Strict, flag, line, text
from app.clock import time_zone
from app.sla.opening_times import MOST_HOLIDAYS, MOST_SPANS

LONGEST_TITLE = 200
HOUR = r"([01][0-9]|2[0-3]):[0-5][0-9]"
HOURS = "This must be a time of the day, such as 09:00."


def _time(pattern: str, like: str, **options: Any) -> fields.String:
    return fields.String(
        required=True,
        validate=validate.Regexp(rf"^({pattern})\Z", error=f"This must be a time of the day, such as {like}."),
        error_messages={**TEXTS, "invalid": "This must be a string."},
        metadata={"examples": [like], "pattern": f"^({pattern})$"},
        **options,
    )


class Opening(Strict):
    """A span of a day in which somebody works. One that ends at or before its beginning ends on the next day."""

    start = _time(HOUR, "09:00", data_key="from", attribute="from")
    end = _time(f"{HOUR}|24:00", "17:00", data_key="to", attribute="to")


def _openings(**options: Any) -> fields.List[Any]:
    return fields.List(
        fields.Nested(Opening, error_messages={"type": 'This must be an object such as {"from": ..., "to": ...}.'}),
        validate=validate.Length(0, MOST_SPANS, error=f"There must be at most {MOST_SPANS} spans."),
        error_messages={**TEXTS, "invalid": "This must be an array of spans."},
        **options,
    )


class Week(Strict):
    """When somebody works, by the day; not at all on a day that is left out."""

    monday = _openings()
    tuesday = _openings()
    wednesday = _openings()
    thursday = _openings()
    friday = _openings()
    saturday = _openings()
    sunday = _openings()


class Day(fields.Date):
    """A day, kept as it is written."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        return super()._deserialize(value, attr, data, **options).isoformat()


class Holiday(Strict):
    """A day with hours of its own instead of those of its weekday, mostly none."""

    date = Day(
        required=True, format="iso", error_messages={**TEXTS, "invalid": "This must be a day such as 2026-12-25."}
    )
    title = text(LONGEST_TITLE, required=True, like="Christmas Day")
    hours = _openings(load_default=list)


def _zone(name: str) -> None:
    try:
        time_zone(name)
    except ValueError as error:
        raise ValidationError(f"This {error}.") from None


class _Told(Strict):
    """What may be said of business hours at once and later."""

    time_zone = fields.String(
        allow_none=True,
        validate=_zone,
        error_messages={**TEXTS, "invalid": "This must be a string."},
        metadata={"examples": ["Europe/Berlin"], "description": "That of the house, where there is none."},
    )
    holidays = fields.List(
        fields.Nested(Holiday, error_messages={"type": "This must be a JSON object."}),
        validate=validate.Length(0, MOST_HOLIDAYS, error=f"There must be at most {MOST_HOLIDAYS:,} holidays."),
        error_messages={**TEXTS, "invalid": "This must be an array of holidays."},
    )
    default = flag()


def _week(**options: Any) -> fields.Nested:
    return fields.Nested(Week, error_messages={**TEXTS, "type": "This must be a JSON object of weekdays."}, **options)


class NewBusinessHours(_Told):
    """Body of POST /business-hours."""

    title = line(LONGEST_TITLE, required=True, like="Office")
    week = _week(required=True)


class BusinessHoursChange(_Told):
    """Body of PATCH /business-hours/{uuid}."""

    title = line(LONGEST_TITLE, like="Office")
    week = _week()

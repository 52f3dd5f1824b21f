"""Business hours."""

from typing import Any

from app.api.casey.views.shapes import Json, Shape, a_flag, a_moment, a_part, a_text, a_uuid, many, moment
from app.sla.models import BusinessHours
from app.sla.opening_times import WEEKDAYS

SPAN: Any = {"from": a_text(), "to": a_text()}
OpeningAnswer: type[Shape] = type("OpeningAnswer", (Shape,), {**SPAN, "__doc__": "A span in which somebody works."})
DAYS: Any = {day: many(OpeningAnswer) for day in WEEKDAYS}
WeekAnswer: type[Shape] = type("WeekAnswer", (Shape,), {**DAYS, "__doc__": "When somebody works, by the day."})


class HolidayAnswer(Shape):
    """A day with hours of its own."""

    date = a_text()
    title = a_text()
    hours = many(OpeningAnswer)


class BusinessHoursAnswer(Shape):
    """When somebody works."""

    uuid = a_uuid()
    title = a_text()
    time_zone = a_text(null=True, help="That of the house, where there is none.")
    week = a_part(WeekAnswer)
    holidays = many(HolidayAnswer)
    default = a_flag("Whether they are those of the house.")
    created_at = a_moment()
    updated_at = a_moment()


def business_hours_view(hours: BusinessHours) -> Json:
    """When somebody works."""
    return {
        "uuid": str(hours.uuid),
        **{name: getattr(hours, name) for name in ("title", "time_zone", "week", "holidays")},
        "default": hours.is_default,
        "created_at": moment(hours.created_at),
        "updated_at": moment(hours.updated_at),
    }

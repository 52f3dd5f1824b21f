"""Business hours."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.business_hours import BusinessHoursChange, NewBusinessHours
from app.api.casey.schemas.fields import Page
from app.api.casey.views.business_hours import BusinessHoursAnswer, business_hours_view
from app.api.casey.views.shapes import page, page_of
from app.people.access import Act
from app.sla.business_hours import business_hours_page, change_hours, create_hours, delete_hours, hours_by_uuid

ALL, ONE = "/business-hours", "/business-hours/<uuid:uuid>"


@route(ALL, "GET", Act.READ_CASES, asks=Page, answers=page_of(BusinessHoursAnswer))
def index(asked: Json) -> Answer:
    """Business hours from the oldest on."""
    found = business_hours_page(after=asked["cursor"] or 0, limit=asked["limit"])
    return page([business_hours_view(one) for one in found], found[-1].id if len(found) == asked["limit"] else None)


@route(ALL, "POST", Act.CHANGE_SLAS, takes=NewBusinessHours, answers=BusinessHoursAnswer, status=201, also=(409,))
def create(new: Json) -> Answer:
    """Make business hours. The first ones are those of the house."""
    return business_hours_view(create_hours(new.pop("title"), new, by=caller().person))


@route(ONE, "GET", Act.READ_CASES, answers=BusinessHoursAnswer)
def show(uuid: UUID) -> Answer:
    """Some business hours."""
    return business_hours_view(hours_by_uuid(uuid))


@route(ONE, "PATCH", Act.CHANGE_SLAS, takes=BusinessHoursChange, answers=BusinessHoursAnswer, also=(409,))
def change(uuid: UUID, new: Json) -> Answer:
    """Change business hours. It counts for whatever begins, or goes on, from then on."""
    hours = hours_by_uuid(uuid)
    change_hours(hours, new, by=caller().person)
    return business_hours_view(hours)


@route(ONE, "DELETE", Act.CHANGE_SLAS, answers=BusinessHoursAnswer, also=(409,))
def delete(uuid: UUID) -> Answer:
    """Delete business hours; teams that have them work in those of the house. Their last state is the answer."""
    hours = hours_by_uuid(uuid)
    shown = business_hours_view(hours)
    delete_hours(hours, by=caller().person)
    return shown

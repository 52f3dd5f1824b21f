"""What is promised, and when the house works. Both are made and changed by the native API."""

from app.api.kayako.envelope import Many
from app.api.kayako.finding import one_at
from app.api.kayako.paging import Offset, Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.views.slas import BUSINESS_HOURS, SLA
from app.people.access import Act
from app.sla.business_hours import numbered_business_hours
from app.sla.queries import numbered_policies


@route("/slas", "GET", Act.READ_CASES, asks=Paged, shows=SLA, many=True)
def index(asked: Json) -> Answer:
    """Policies in the order in which they are tried."""
    page = Offset.asked(asked)
    found = numbered_policies(page)
    return Many(SLA, found.rows, found.total, page)


@route("/slas/<sla>", "GET", Act.READ_CASES, shows=SLA)
def show(sla: str) -> Answer:
    """One policy."""
    return one_at(SLA, sla)


@route("/businesshours", "GET", Act.READ_CASES, asks=Paged, shows=BUSINESS_HOURS, many=True)
def business_hours(asked: Json) -> Answer:
    """When the house works, and its teams."""
    page = Offset.asked(asked)
    found = numbered_business_hours(page)
    return Many(BUSINESS_HOURS, found.rows, found.total, page)


@route("/businesshours/<hours>", "GET", Act.READ_CASES, shows=BUSINESS_HOURS)
def one_of_business_hours(hours: str) -> Answer:
    """One of these."""
    return one_at(BUSINESS_HOURS, hours)

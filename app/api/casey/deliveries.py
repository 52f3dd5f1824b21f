"""What was mailed of a case, and how far each mail got."""

from uuid import UUID

from app.api.casey.routing import Answer, route
from app.api.casey.schemas import Page
from app.api.casey.views import delivery_view, page
from app.api.wire import query
from app.cases.queries import case_by_uuid
from app.mail.sending.outbox import deliveries_of
from app.people.access import Act


@route("/case/<uuid:uuid>/deliveries", "GET", Act.READ_CASES)
@route("/cases/<uuid:uuid>/deliveries", "GET", Act.READ_CASES)
def index(uuid: UUID) -> Answer:
    """The mails of a case from the oldest on, one for each reader of each message."""
    asked = query(Page())
    found = deliveries_of(case_by_uuid(uuid), after=asked["cursor"] or 0, limit=asked["limit"])
    cursor = found[-1].id if len(found) == asked["limit"] else None
    return page([delivery_view(one) for one in found], cursor), 200

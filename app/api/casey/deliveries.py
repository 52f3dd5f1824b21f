"""What was mailed of a case, and how far each mail got."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.bodies import no_body
from app.api.casey.routing import Answer, route
from app.api.casey.schemas import Page
from app.api.casey.views import delivery_view, page
from app.api.wire import query
from app.cases.queries import case_by_uuid
from app.mail.sending.deliveries import confirm_arrival, delivery_by_uuid, delivery_for_change, retry
from app.mail.sending.outbox import deliveries_of
from app.people.access import Act
from app.transaction import transaction


@route("/case/<uuid:uuid>/deliveries", "GET", Act.READ_CASES)
@route("/cases/<uuid:uuid>/deliveries", "GET", Act.READ_CASES)
def index(uuid: UUID) -> Answer:
    """The mails of a case from the oldest on, one for each reader of each message."""
    asked = query(Page())
    found = deliveries_of(case_by_uuid(uuid), after=asked["cursor"] or 0, limit=asked["limit"])
    cursor = found[-1].id if len(found) == asked["limit"] else None
    return page([delivery_view(one) for one in found], cursor), 200


@route("/deliveries/<uuid:uuid>", "GET", Act.READ_CASES)
def show(uuid: UUID) -> Answer:
    """One mail, and how far it got."""
    return delivery_view(delivery_by_uuid(uuid)), 200


@route("/deliveries/<uuid:uuid>/retry", "POST", Act.WRITE_CASES)
def again(uuid: UUID) -> Answer:
    """Send a mail that failed once more, under the same Message-ID, and write to its address again."""
    no_body()
    with transaction():
        outbound = delivery_for_change(uuid)
        retry(outbound, by=caller().person)
        return delivery_view(outbound), 200


@route("/deliveries/<uuid:uuid>/delivered", "POST", Act.WRITE_CASES)
def delivered(uuid: UUID) -> Answer:
    """Somebody who knows it says that a sent mail has arrived."""
    no_body()
    with transaction():
        outbound = delivery_for_change(uuid)
        confirm_arrival(outbound, by=caller().person)
        return delivery_view(outbound), 200

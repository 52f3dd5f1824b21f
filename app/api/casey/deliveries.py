"""What was mailed of a case, and how far each mail got."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.views.mail import DeliveryAnswer, delivery_view
from app.api.casey.views.shapes import page, page_of
from app.cases.queries import case_by_uuid
from app.mail.sending.deliveries import confirm_arrival, delivery_by_uuid, delivery_for_change, retry
from app.mail.sending.outbox import deliveries_of
from app.people.access import Act


@route("/cases/<uuid:uuid>/deliveries", "GET", Act.READ_CASES, asks=Page, answers=page_of(DeliveryAnswer))
def index(uuid: UUID, asked: Json) -> Answer:
    """The mails of a case from the oldest on, one for each reader of each message."""
    found = deliveries_of(case_by_uuid(uuid), after=asked["cursor"] or 0, limit=asked["limit"])
    cursor = found[-1].id if len(found) == asked["limit"] else None
    return page([delivery_view(one) for one in found], cursor)


@route("/deliveries/<uuid:uuid>", "GET", Act.READ_CASES, answers=DeliveryAnswer)
def show(uuid: UUID) -> Answer:
    """One mail, and how far it got."""
    return delivery_view(delivery_by_uuid(uuid))


@route("/deliveries/<uuid:uuid>/retry", "POST", Act.WRITE_CASES, answers=DeliveryAnswer)
def again(uuid: UUID) -> Answer:
    """Send a mail that failed once more, under the same Message-ID, and write to its address again."""
    outbound = delivery_for_change(uuid)
    retry(outbound, by=caller().person)
    return delivery_view(outbound)


@route("/deliveries/<uuid:uuid>/delivered", "POST", Act.WRITE_CASES, answers=DeliveryAnswer)
def delivered(uuid: UUID) -> Answer:
    """Somebody who knows it says that a sent mail has arrived."""
    outbound = delivery_for_change(uuid)
    confirm_arrival(outbound, by=caller().person)
    return delivery_view(outbound)

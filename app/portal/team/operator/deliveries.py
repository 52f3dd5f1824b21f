"""Mails of ours that did not arrive, why, and sending them once more."""

from uuid import UUID

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.mail.models import Delivery
from app.mail.sending.deliveries import delivery_by_uuid, delivery_for_change, retry, stuck_page
from app.people.access import Act
from app.people.models import Person
from app.portal.team.operator.pages import LONG, PREFIX, leaf, operator_page, pressed, read_before
from app.portal.team.session import guard
from app.transaction import retried

STUCK = (Delivery.REJECTED, Delivery.HELD, Delivery.DEFERRED)

bp = Blueprint("operator_deliveries", __name__, url_prefix=f"{PREFIX}/deliveries")
guard(bp, Act.READ_CONFIG)


@bp.get("")
def index() -> Response:
    """The latest first: refused, held back, or put off."""
    asked = request.args.get("status", Delivery.REJECTED)
    chosen = next((one for one in STUCK if one == asked), Delivery.REJECTED)
    found, following = leaf(stuck_page(chosen, before=read_before(), limit=LONG + 1))
    return operator_page("deliveries.html", mails=found, next=following, chosen=chosen)


@bp.get("/<uuid:uuid>")
def show(uuid: UUID) -> Response:
    """One mail, how far it got, and the button."""
    return _shown(uuid)


def _shown(uuid: UUID, status: int = 200, refused: str | None = None) -> Response:
    found = delivery_by_uuid(uuid)
    return operator_page("delivery.html", status, mail=found, again=found.status in STUCK, refused=refused)


@bp.post("/<uuid:uuid>/retry")
@retried
def again(uuid: UUID) -> AnyResponse:
    """Send it once more."""

    def do(by: Person) -> None:
        retry(delivery_for_change(uuid), by=by)

    here = url_for("operator_deliveries.show", uuid=uuid)
    return pressed(Act.WRITE_CASES, do, lambda status, why: _shown(uuid, status, why), then=here)

"""Webhooks: how each stands, what was delivered, and delivering it once more."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.people.access import Act
from app.people.models import Person
from app.portal.team.operator.pages import LONG, PREFIX, leaf, operator_page, pressed, read_before
from app.portal.team.session import guard
from app.transaction import retried
from app.webhooks.deliveries import deliveries_page, delivery_of, redeliver
from app.webhooks.endpoints import MOST, enable_webhook, webhook_by_uuid, webhooks_page

bp = Blueprint("operator_webhooks", __name__, url_prefix=f"{PREFIX}/webhooks")
guard(bp, Act.MANAGE_WEBHOOKS)


@bp.get("")
def index() -> Response:
    """Every webhook: there are never more than fit on a page."""
    return operator_page("webhooks.html", webhooks=webhooks_page(after=0, limit=MOST))


@bp.get("/<uuid:uuid>")
def show(uuid: UUID) -> Response:
    """One webhook, and what was delivered to it, the latest first."""
    return _shown(uuid)


def _shown(uuid: UUID, status: int = 200, refused: str | None = None) -> Response:
    webhook = webhook_by_uuid(uuid)
    found, following = leaf(deliveries_page(webhook, before=read_before(), limit=LONG + 1))
    return operator_page("webhook.html", status, webhook=webhook, deliveries=found, next=following, refused=refused)


@bp.post("/<uuid:uuid>/enable")
@retried
def enable(uuid: UUID) -> AnyResponse:
    """Go on where it stopped."""
    return _pressed(uuid, lambda by: enable_webhook(webhook_by_uuid(uuid), by=by))


@bp.post("/<uuid:uuid>/deliveries/<uuid:delivery>/redeliver")
@retried
def again(uuid: UUID, delivery: UUID) -> AnyResponse:
    """Send an event once more, under the same id."""

    def do(by: Person) -> None:
        redeliver(delivery_of(webhook_by_uuid(uuid), delivery), by=by)

    return _pressed(uuid, do)


def _pressed(uuid: UUID, do: Callable[[Person], None]) -> AnyResponse:
    here = url_for("operator_webhooks.show", uuid=uuid)
    return pressed(Act.MANAGE_WEBHOOKS, do, lambda status, why: _shown(uuid, status, why), then=here)

"""Webhooks: making one, how each stands, trying and changing it, what was delivered, and delivering it once more."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.errors import Conflict, Invalid
from app.people.access import Act
from app.people.models import Person
from app.portal.team.operator.pages import LONG, PREFIX, TOO_LATE, leaf, operator_page, pressed, read_before
from app.portal.team.operator.webhook_forms import NewWebhook
from app.portal.team.pages import Button
from app.portal.team.session import guard, member
from app.transaction import retried, transaction
from app.webhooks.deliveries import deliveries_page, delivery_of, redeliver
from app.webhooks.endpoints import (
    MOST,
    create_webhook,
    delete_webhook,
    disable_webhook,
    enable_webhook,
    rotate_secret,
    try_webhook,
    webhook_by_uuid,
    webhooks_page,
)
from app.webhooks.signing import secret_of

bp = Blueprint("operator_webhooks", __name__, url_prefix=f"{PREFIX}/webhooks")
guard(bp, Act.MANAGE_WEBHOOKS)


@bp.get("")
def index() -> Response:
    """Every webhook: there are never more than fit on a page."""
    return operator_page("webhooks.html", webhooks=webhooks_page(after=0, limit=MOST))


@bp.get("/new")
def new() -> Response:
    """The form of a new one."""
    return operator_page("webhook_new.html", form=NewWebhook())


@bp.post("/new")
@retried
def create() -> AnyResponse:
    """Tell somebody of what happens from now on."""
    form = NewWebhook()
    if not form.validate_on_submit():
        return operator_page("webhook_new.html", 422, form=form)
    try:
        with transaction():
            webhook = create_webhook(form.url.data or "", form.names, form.purpose, uuid=form.uuid, by=member())
    except Invalid as error:
        form.blame(error)
        return operator_page("webhook_new.html", 422, form=form)
    except Conflict as error:
        return operator_page("webhook_new.html", 409, form=form, refused=error.message)
    return redirect(url_for("operator_webhooks.show", uuid=webhook.uuid), 303)


@bp.get("/<uuid:uuid>")
def show(uuid: UUID) -> Response:
    """One webhook, and what was delivered to it, the latest first."""
    return _shown(uuid)


def _shown(uuid: UUID, status: int = 200, refused: str | None = None, secret: str | None = None) -> Response:
    webhook = webhook_by_uuid(uuid)
    found, following = leaf(deliveries_page(webhook, before=read_before(), limit=LONG + 1))
    shown = {"deliveries": found, "next": following, "refused": refused, "secret": secret}
    return operator_page("webhook.html", status, webhook=webhook, **shown)


@bp.post("/<uuid:uuid>/secret")
@retried
def renew_secret(uuid: UUID) -> AnyResponse:
    """Give a new secret, and show it this one time: it stands in no address, so this page is the answer itself."""
    if not Button().validate_on_submit():
        return _shown(uuid, 422, str(TOO_LATE))
    with transaction():
        webhook = webhook_by_uuid(uuid)
        rotate_secret(webhook, by=member())
    return _shown(uuid, secret=secret_of(webhook))


@bp.post("/<uuid:uuid>/<any(test, disable, enable):act>")
@retried
def change(uuid: UUID, act: str) -> AnyResponse:
    """Try it out, tell it nothing for a while, or go on where it stopped."""
    return _pressed(uuid, lambda by: CHANGES[act](webhook_by_uuid(uuid), by=by))


CHANGES: dict[str, Callable[..., None]] = {
    "test": try_webhook,
    "disable": disable_webhook,
    "enable": enable_webhook,
}


@bp.post("/<uuid:uuid>/delete")
@retried
def delete(uuid: UUID) -> AnyResponse:
    """Tell it nothing more."""
    return _pressed(
        uuid, lambda by: delete_webhook(webhook_by_uuid(uuid), by=by), then=url_for("operator_webhooks.index")
    )


@bp.post("/<uuid:uuid>/deliveries/<uuid:delivery>/redeliver")
@retried
def again(uuid: UUID, delivery: UUID) -> AnyResponse:
    """Send an event once more, under the same id."""

    def do(by: Person) -> None:
        redeliver(delivery_of(webhook_by_uuid(uuid), delivery), by=by)

    return _pressed(uuid, do)


def _pressed(uuid: UUID, do: Callable[[Person], None], then: str | None = None) -> AnyResponse:
    here = url_for("operator_webhooks.show", uuid=uuid)
    return pressed(Act.MANAGE_WEBHOOKS, do, lambda status, why: _shown(uuid, status, why), then=then or here)

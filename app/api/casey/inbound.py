"""Mail over HTTP: for procmail, and for services that deliver by a call; and what became of mail."""

from uuid import UUID

from flask import request

from app.api.casey.routing import Answer, route
from app.api.casey.schemas import InboundPage
from app.api.casey.views import inbound_view, page
from app.api.wire import query
from app.errors import TooLarge
from app.mail.inbound import inbound_by_uuid, inbound_page
from app.mail.intake.taking import LARGEST, take_in_directly
from app.mail.mailboxes import API
from app.people.access import Act
from app.transaction import transaction


@route("/inbound", "POST", Act.FEED_MAIL)
def receive() -> Answer:
    """Take in a raw message (RFC 5322) as the body, byte for byte. What becomes of it is decided in a moment."""
    if (request.content_length or 0) > LARGEST:
        raise TooLarge(f"A mail must be at most {LARGEST // 1024 // 1024} MB large.")
    raw = request.get_data()
    with transaction():
        return inbound_view(take_in_directly(API, raw)), 202


@route("/inbound", "GET", Act.READ_MAIL)
def index() -> Answer:
    """Received mails from the newest back; ``outcome=held`` shows those which wait for somebody to decide."""
    asked = query(InboundPage())
    found = inbound_page(outcome=asked["outcome"], before=asked["cursor"], limit=asked["limit"])
    cursor = found[-1].id if len(found) == asked["limit"] else None
    return page([inbound_view(one) for one in found], cursor), 200


@route("/inbound/<uuid:uuid>", "GET", Act.READ_MAIL)
def show(uuid: UUID) -> Answer:
    """One received mail, and what became of it."""
    return inbound_view(inbound_by_uuid(uuid)), 200

"""Mail over HTTP: for procmail, and for services that deliver by a call."""

from flask import request

from app.api.casey.routing import Answer, route
from app.api.casey.views import inbound_view
from app.errors import TooLarge
from app.mail.intake import LARGEST, take_in_directly
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

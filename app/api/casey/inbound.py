"""Mail over HTTP: for procmail, and for services that deliver by a call; what became of mail, and deciding again."""

from uuid import UUID

from flask import Response, request

from app.api.auth import caller
from app.api.casey.bodies import no_body
from app.api.casey.routing import Answer, route
from app.api.casey.schemas import InboundPage, Replay
from app.api.casey.views import foreseen_view, inbound_view, page
from app.api.wire import query
from app.errors import TooLarge
from app.mail.deciding.foreseeing import foresee
from app.mail.deciding.reconsidering import admit, reject, replay
from app.mail.inbound import inbound_by_uuid, inbound_page, raw_of
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


@route("/inbound/<uuid:uuid>/raw", "GET", Act.READ_MAIL)
def download(uuid: UUID) -> Answer:
    """The mail as it came, byte for byte."""
    answer = Response(raw_of(inbound_by_uuid(uuid)), content_type="message/rfc822")
    answer.headers["Content-Disposition"] = f'attachment; filename="{uuid}.eml"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@route("/inbound/<uuid:uuid>/admit", "POST", Act.ADMIT_MAIL)
def let_in(uuid: UUID) -> Answer:
    """Take a held mail for what it claims to be. It is decided again in a moment."""
    no_body()
    with transaction():
        inbound = inbound_by_uuid(uuid)
        admit(inbound, by=caller().person)
        return inbound_view(inbound), 202


@route("/inbound/<uuid:uuid>/reject", "POST", Act.ADMIT_MAIL)
def turn_away(uuid: UUID) -> Answer:
    """Let nothing follow from a held mail."""
    no_body()
    with transaction():
        inbound = inbound_by_uuid(uuid)
        reject(inbound, by=caller().person)
        return inbound_view(inbound), 200


@route("/inbound/<uuid:uuid>/replay", "POST", Act.FEED_MAIL)
def decide_again(uuid: UUID) -> Answer:
    """Decide about a mail again in a moment; or say now what that would come to, and do nothing."""
    no_body()
    if query(Replay())["dry_run"]:
        return foreseen_view(foresee(inbound_by_uuid(uuid).id)), 200
    with transaction():
        inbound = inbound_by_uuid(uuid)
        replay(inbound)
        return inbound_view(inbound), 202

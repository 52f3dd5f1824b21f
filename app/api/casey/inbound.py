"""Mail over HTTP: for procmail, and for services that deliver by a call; what became of mail, and deciding again."""

from uuid import UUID

from flask import Response, request

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.inbound import InboundPage, Replay
from app.api.casey.views.mail import InboundAnswer, Replayed, foreseen_view, inbound_view
from app.api.casey.views.shapes import page, page_of
from app.errors import TooLarge
from app.mail.deciding.foreseeing import foresee
from app.mail.deciding.reconsidering import admit, reject, replay
from app.mail.inbound import inbound_by_uuid, inbound_page, raw_of
from app.mail.intake.taking import LARGEST, take_in_directly
from app.mail.mailboxes import API
from app.people.access import Act


@route("/inbound", "POST", Act.FEED_MAIL, reads="message/rfc822", answers=InboundAnswer, status=202)
def receive() -> Answer:
    """Take in a raw message (RFC 5322) as the body, byte for byte. What becomes of it is decided in a moment."""
    if (request.content_length or 0) > LARGEST:
        raise TooLarge(f"A mail must be at most {LARGEST // 1024 // 1024} MB large.")
    raw = request.get_data()
    return inbound_view(take_in_directly(API, raw))


@route("/inbound", "GET", Act.READ_MAIL, asks=InboundPage, answers=page_of(InboundAnswer))
def index(asked: Json) -> Answer:
    """Received mails from the newest back; ``outcome=held`` shows those which wait for somebody to decide."""
    found = inbound_page(outcome=asked["outcome"], before=asked["cursor"], limit=asked["limit"])
    cursor = found[-1].id if len(found) == asked["limit"] else None
    return page([inbound_view(one) for one in found], cursor)


@route("/inbound/<uuid:uuid>", "GET", Act.READ_MAIL, answers=InboundAnswer)
def show(uuid: UUID) -> Answer:
    """One received mail, and what became of it."""
    return inbound_view(inbound_by_uuid(uuid))


@route("/inbound/<uuid:uuid>/raw", "GET", Act.READ_RAW_MAIL, gives="message/rfc822")
def download(uuid: UUID) -> Answer:
    """The mail as it came, byte for byte."""
    answer = Response(raw_of(inbound_by_uuid(uuid)), content_type="message/rfc822")
    answer.headers["Content-Disposition"] = f'attachment; filename="{uuid}.eml"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@route("/inbound/<uuid:uuid>/admit", "POST", Act.ADMIT_MAIL, answers=InboundAnswer, status=202)
def let_in(uuid: UUID) -> Answer:
    """Take a held mail for what it claims to be. It is decided again in a moment."""
    inbound = inbound_by_uuid(uuid)
    admit(inbound, by=caller().person)
    return inbound_view(inbound)


@route("/inbound/<uuid:uuid>/reject", "POST", Act.ADMIT_MAIL, answers=InboundAnswer)
def turn_away(uuid: UUID) -> Answer:
    """Let nothing follow from a held mail."""
    inbound = inbound_by_uuid(uuid)
    reject(inbound, by=caller().person)
    return inbound_view(inbound)


@route("/inbound/<uuid:uuid>/replay", "POST", Act.FEED_MAIL, asks=Replay, answers=Replayed, status=202)
def decide_again(uuid: UUID, asked: Json) -> Answer:
    """Decide about a mail again in a moment; or say now what that would come to, and do nothing."""
    if asked["dry_run"]:
        return foreseen_view(foresee(inbound_by_uuid(uuid).id)), 200
    inbound = inbound_by_uuid(uuid)
    replay(inbound, by=caller().person)
    return inbound_view(inbound)

"""Received mails: what became of each and why, and deciding again."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.mail.deciding.reasons import SENTENCES, admissible
from app.mail.deciding.reconsidering import AGAIN, admit, reject, replay
from app.mail.inbound import inbound_by_uuid, inbound_page, raw_of
from app.mail.models import Outcome
from app.mail.reading.plainly import LONGEST, text_of
from app.mail.sending.masking.mask import Mask
from app.people.access import Act
from app.people.models import Person
from app.portal.team.operator.pages import LONG, PREFIX, leaf, operator_page, pressed, read_before
from app.portal.team.session import guard, member
from app.transaction import retried

ALL = "all"

bp = Blueprint("operator_inbound", __name__, url_prefix=f"{PREFIX}/inbound")
guard(bp, Act.READ_CONFIG)


@bp.get("")
def index() -> Response:
    """Mails with one outcome, or all of them, the latest first."""
    asked = request.args.get("outcome", Outcome.QUARANTINED)
    chosen = next((one for one in Outcome if one == asked), None)
    found, following = leaf(inbound_page(outcome=chosen, before=read_before(), limit=LONG + 1))
    return operator_page("inbound.html", mails=found, next=following, chosen=chosen or ALL)


@bp.get("/<uuid:uuid>")
def show(uuid: UUID) -> Response:
    """One mail: why this became of it, what it says, and how it was decided."""
    return _shown(uuid)


def _shown(uuid: UUID, status: int = 200, refused: str | None = None) -> Response:
    inbound = inbound_by_uuid(uuid)
    raw = raw_of(inbound)
    mask, text = Mask(member(), inbound.case), text_of(raw)  # whoever has another's link acts under his name
    return operator_page(
        "inbound_mail.html",
        status,
        inbound=inbound,
        why=SENTENCES.get(inbound.reason or ""),
        again=inbound.outcome in AGAIN and inbound.dropped_at is None,
        admissible=inbound.outcome is Outcome.HELD and admissible(inbound.reason or ""),
        text=None if text is None else mask(text),
        source=mask(raw[:LONGEST].decode("utf-8", "replace")),
        cut=len(raw) > LONGEST,
        refused=refused,
    )


@bp.post("/<uuid:uuid>/replay")
@retried
def decide_again(uuid: UUID) -> AnyResponse:
    """Decide about it again in a moment."""
    return _done(uuid, Act.FEED_MAIL, replay)


@bp.post("/<uuid:uuid>/admit")
@retried
def let_in(uuid: UUID) -> AnyResponse:
    """Take a held mail for what it claims to be."""
    return _done(uuid, Act.ADMIT_MAIL, admit)


@bp.post("/<uuid:uuid>/reject")
@retried
def turn_away(uuid: UUID) -> AnyResponse:
    """Let nothing follow from a held mail."""
    return _done(uuid, Act.ADMIT_MAIL, reject)


def _done(uuid: UUID, act: Act, verb: Callable[..., None]) -> AnyResponse:
    def do(by: Person) -> None:
        verb(inbound_by_uuid(uuid), by=by)

    return pressed(
        act, do, lambda status, why: _shown(uuid, status, why), then=url_for("operator_inbound.show", uuid=uuid)
    )

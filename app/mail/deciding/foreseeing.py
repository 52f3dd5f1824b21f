"""What would be decided about a mail, without doing it."""

from dataclasses import dataclass, replace
from typing import Any

from app.extensions import db
from app.mail.deciding.outcomes import decide
from app.mail.inbound import raw_of
from app.mail.intake.taking import take_in_directly
from app.mail.mailboxes import API
from app.mail.models import InboundEmail, Outcome
from app.mail.reading.incoming import Incoming
from app.mail.reading.room import Unreadable, read
from app.transaction import reading, rehearsal


@dataclass(frozen=True)
class Foreseen:
    """The outcome that a mail would have, the uuid of the case it would be put on, and the way there."""

    outcome: Outcome | None
    reason: str | None
    robot: bool
    case: str | None
    decisions: list[Any]


def foresee(inbound_id: int) -> Foreseen:
    """What would be decided about a received mail now."""
    with reading():
        raw = raw_of(db.session.get_one(InboundEmail, inbound_id))
    mail = _without_files(read(raw))
    with rehearsal():
        return _decided(db.session.get_one(InboundEmail, inbound_id), mail)


def foresee_raw(raw: bytes) -> Foreseen:
    """What would be decided about a mail if it came now. Raises Invalid or TooLarge as taking it in does."""
    mail = _without_files(read(raw))
    with rehearsal():
        return _decided(take_in_directly(API, raw), mail)


def _without_files(mail: Incoming | Unreadable) -> Incoming | Unreadable:
    """Files are stored outside of the database, where nothing is taken back."""
    return mail if isinstance(mail, Unreadable) else replace(mail, files=())


def _decided(inbound: InboundEmail, mail: Incoming | Unreadable) -> Foreseen:
    decide(inbound, mail)
    db.session.flush()
    new = inbound.outcome is Outcome.OPENED
    case = str(inbound.case.uuid) if inbound.case_id and inbound.case and not new else None
    return Foreseen(inbound.outcome, inbound.reason, inbound.robot, case, inbound.decisions)

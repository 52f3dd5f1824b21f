"""Writing down what came of sending a mail."""

import re
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from app.clock import now
from app.extensions import db
from app.mail.models import Delivery, OutboundEmail, Rejection
from app.mail.sending.delivering.outcomes import Away, Claim, Outcome, Refused, Sent, TryLater, Withheld
from app.mail.sending.delivering.rejections import LONGEST_ANSWER, refuse, reject
from app.mail.sending.delivering.server_rest import let_rest, wake
from app.people.addresses import is_ours, key_of
from app.people.persons import find_person
from app.text import storable

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)
# Put together once, since it is asked for every mail.
LOCKED = select(OutboundEmail).where(OutboundEmail.id == bindparam("id")).with_for_update()


def settle(claim: Claim, outcome: Outcome) -> None:
    """Write down what came of it. 4xx and silence are tried again, ever more slowly, for five days.

    A claim that ran out meanwhile has nothing to say any more; only that the mail was taken is true whoever says it.
    """
    outbound = db.session.scalar(LOCKED, {"id": claim.outbound_id})
    if outbound is None:  # its case was purged meanwhile
        return
    ours = outbound.status is Delivery.SENDING and outbound.attempts == claim.attempt
    if not ours and not isinstance(outcome, Sent):
        return
    outbound.claimed_by = None
    answer = storable(outcome.answer)[:LONGEST_ANSWER]
    match outcome:
        case Sent():
            _sent(outbound, answer)
        case Refused():
            refuse(outbound, answer)
        case Withheld():
            outbound.status, outbound.answer = Delivery.HELD, answer
        case TryLater():
            _put_off(outbound, answer)
        case Away():
            outbound.status, outbound.answer, outbound.next_at = Delivery.QUEUED, answer, now()
            outbound.attempts -= 1
    _note_server(claim, outcome)


def _sent(outbound: OutboundEmail, answer: str) -> None:
    outbound.relay_message_id = renamed(answer, outbound)
    if not _reported(outbound):
        outbound.status, outbound.answer, outbound.sent_at = Delivery.SENT, answer, now()
        outbound.rejection = None


def _reported(outbound: OutboundEmail) -> bool:
    """Whether a mail system was quicker than we are, and has said already how the mail ended."""
    return outbound.sent_at is not None and outbound.status in (Delivery.REJECTED, Delivery.DELIVERED)


def _put_off(outbound: OutboundEmail, answer: str) -> None:
    if waited_before(outbound.attempts) > GIVE_UP_AFTER:
        reject(outbound, Rejection.EXPIRED, answer)
    else:
        outbound.status, outbound.answer = Delivery.DEFERRED, answer
        outbound.next_at = _next_try(outbound.attempts)


def _note_server(claim: Claim, outcome: Outcome) -> None:
    if isinstance(outcome, Away):
        let_rest(storable(outcome.answer))
    elif claim.server_in_trouble and not isinstance(outcome, Withheld):
        wake()


def _pause(attempt: int) -> timedelta:
    doublings: int = 2 ** min(attempt - 1, 10)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)


def _next_try(attempts: int) -> datetime:
    return now() + _pause(attempts)


def waited_before(attempt: int) -> timedelta:
    """How long a mail has waited altogether when it is tried for the ``attempt``-th time."""
    return sum((_pause(earlier) for earlier in range(1, attempt)), timedelta())


def renamed(answer: str, outbound: OutboundEmail) -> str | None:
    """The Message-ID a relay gave the mail instead of ours, when its answer names one and it is nobody's address."""
    found = re.search(r"<([^<>\s@]{1,200}@[^<>\s@]{1,200})>", storable(answer))
    if found is None or found[0] == outbound.message_id:
        return None
    address = key_of(found[1])
    known = address == key_of(outbound.address) or is_ours(address) or find_person(address)
    return None if known else found[0]

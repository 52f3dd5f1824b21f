"""Writing down what came of sending a mail."""

import re
from datetime import datetime, timedelta

from app.clock import now
from app.extensions import db
from app.mail.models import Delivery, OutboundEmail
from app.mail.sending.letters import Away, Claim, Outcome, Refused, Sent, TryLater, Withheld
from app.mail.sending.server_rest import in_trouble, let_rest, wake
from app.people.addresses import is_ours, key_of
from app.people.persons import find_person
from app.text import storable

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)


def settle(claim: Claim, outcome: Outcome) -> None:
    """Write down what came of it. 4xx and silence are tried again, ever more slowly, for five days.

    A claim that ran out meanwhile has nothing to say any more; only that the mail was taken is true whoever says it.
    """
    outbound = db.session.get_one(OutboundEmail, claim.outbound_id, with_for_update=True)
    ours = outbound.status is Delivery.SENDING and outbound.attempts == claim.attempt
    if not ours and not isinstance(outcome, Sent):
        return
    outbound.answer = storable(outcome.answer)[:1000]
    outbound.claimed_by = None
    match outcome:
        case Sent():
            outbound.status, outbound.sent_at = Delivery.SENT, now()
            outbound.relay_message_id = renamed(outcome.answer, outbound)
        case Refused():
            outbound.status = Delivery.REJECTED
        case Withheld():
            outbound.status = Delivery.HELD
        case TryLater() if waited_before(outbound.attempts) > GIVE_UP_AFTER:
            outbound.status = Delivery.REJECTED
        case TryLater():
            outbound.status, outbound.next_at = Delivery.DEFERRED, _next_try(outbound.attempts)
        case Away():
            outbound.status, outbound.next_at = Delivery.QUEUED, now()
            outbound.attempts -= 1
    _note_server(outcome)


def _note_server(outcome: Outcome) -> None:
    if isinstance(outcome, Away):
        let_rest(storable(outcome.answer))
    elif not isinstance(outcome, Withheld) and in_trouble():
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

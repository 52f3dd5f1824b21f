"""What is written down with a mail: every rule that was asked and what it said, and the one outcome."""

import logging
from collections.abc import Callable, Sequence

from app.cases.models import Case
from app.clock import now
from app.mail.models import InboundEmail, Outcome
from app.mail.reading.incoming import Incoming

# What people said about a mail. It stays when the mail is decided about again.
ADMITTED = "admitted"
SENDER_JOINED = "sender_joined"
SAID = {ADMITTED, SENDER_JOINED}

log = logging.getLogger(__name__)


def begin(inbound: InboundEmail) -> None:
    """Forget what was decided before, but for what people said."""
    inbound.decisions = [one for one in inbound.decisions or [] if one["rule"] in SAID]
    inbound.outcome = inbound.reason = None
    inbound.robot, inbound.post_id, inbound.person_id = False, None, None


def describe(inbound: InboundEmail, mail: Incoming) -> None:
    """Who it is from and what it is about, for lists."""
    inbound.sender, inbound.sender_name, inbound.subject = mail.sender, mail.sender_name, mail.subject


def note(inbound: InboundEmail, rule: str, why: str | None) -> None:
    """Write down what a rule said; without a reason it did not apply."""
    _note_all(inbound, [(rule, why)])


def _note_all(inbound: InboundEmail, answers: Sequence[tuple[str, str | None]]) -> None:
    said = ({"rule": rule, "hit": why is not None, "detail": why} for rule, why in answers)
    inbound.decisions = [*inbound.decisions, *said]


def ask(inbound: InboundEmail, mail: Incoming, rules: Sequence[Callable[[Incoming], str | None]]) -> bool:
    """Ask every rule and write its answer down. Says whether any applies."""
    answers = [(rule.__name__, rule(mail)) for rule in rules]
    _note_all(inbound, answers)
    return any(why for _, why in answers)


def was_said(inbound: InboundEmail, *words: str) -> bool:
    """Whether somebody said one of these about the mail."""
    return any(one["rule"] in words for one in inbound.decisions or [])


def conclude(inbound: InboundEmail, outcome: Outcome, reason: str | None = None, case: Case | None = None) -> None:
    """Give a mail its outcome."""
    inbound.outcome, inbound.reason, inbound.decided_at = outcome, reason, now()
    inbound.case, inbound.case_id = case, case.id if case else None
    log.info(
        "mail decided inbound=%s outcome=%s reason=%s case=%s",
        inbound.id,
        outcome,
        reason,
        case.reference if case else None,
    )

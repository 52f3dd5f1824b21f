"""What becomes of a received mail. Each gets exactly one outcome, with every step recorded."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import select

from app.cases.models import Case
from app.cases.opening import open_case
from app.cases.posting import post_message, takes_messages
from app.cases.queries import first_post, locked
from app.clock import now
from app.config import settings
from app.errors import CaseyError
from app.events import record
from app.extensions import db
from app.mail.deciding.authority import judge, vouched_for
from app.mail.deciding.screening import CIRCLES, LOOPS, REPORTS, ROBOTS, Rule
from app.mail.deciding.threading import Match, find_case
from app.mail.models import InboundEmail, Outcome
from app.mail.reading.incoming import Incoming
from app.mail.reading.room import Unreadable
from app.mail.subjects import bare_subject
from app.people.addresses import takes_address
from app.people.models import Person
from app.people.persons import find_or_create_person, find_person

log = logging.getLogger(__name__)


def conclude(inbound: InboundEmail, outcome: Outcome, reason: str | None = None, case: Case | None = None) -> None:
    inbound.outcome, inbound.reason, inbound.decided_at = outcome, reason, now()
    inbound.case_id = case.id if case else None
    log.info(
        "mail decided inbound=%s outcome=%s reason=%s case=%s",
        inbound.id,
        outcome,
        reason,
        case.reference if case else None,
    )


def decide(inbound: InboundEmail, mail: Incoming | Unreadable) -> None:
    """Give a mail, which has been read, its outcome."""
    inbound.decisions = []
    if inbound.generation:
        _note(inbound, "uid_used_again", "the server gave it the UID of an earlier mail")
    earlier = _same_mail_before(inbound)
    if earlier is not None:
        conclude(inbound, Outcome.DUPLICATE, f"the same as inbound mail {earlier.id}", earlier.case)
        return
    if isinstance(mail, Unreadable):
        conclude(inbound, Outcome.QUARANTINED, mail.reason)
        return
    if _screened_out(inbound, mail):
        return
    inbound.robot = _first_hit(inbound, mail, ROBOTS) is not None
    if mail.sender is None:
        conclude(inbound, Outcome.HELD, mail.sender_problem)
        return
    match = find_case(mail)
    _note(inbound, "threading", match.how if match else None)
    _note(inbound, "threading_conflict", match.conflict if match else None)
    if match is None:
        _without_case(inbound, mail)
    else:
        _on_case(inbound, mail, match)


def _same_mail_before(inbound: InboundEmail) -> InboundEmail | None:
    """The same Message-ID and the same bytes; the id alone, which senders reuse, never makes a duplicate."""
    return db.session.scalar(
        select(InboundEmail)
        .where(InboundEmail.sha256 == inbound.sha256, InboundEmail.message_id == inbound.message_id)
        .where(InboundEmail.id < inbound.id)
        .order_by(InboundEmail.id)
        .limit(1)
    )


def _screened_out(inbound: InboundEmail, mail: Incoming) -> bool:
    table: tuple[tuple[tuple[Rule, ...], Outcome, str], ...] = (
        (LOOPS, Outcome.IGNORED, "loop"),
        (CIRCLES, Outcome.QUARANTINED, "too_many_hops"),
        (REPORTS, Outcome.IGNORED, "delivery_report"),
    )
    for rules, outcome, reason in table:
        if _first_hit(inbound, mail, rules):
            conclude(inbound, outcome, reason)
            return True
    return False


def _first_hit(inbound: InboundEmail, mail: Incoming, rules: Sequence[Rule]) -> str | None:
    """Ask every rule and write its answer down; the first hit counts."""
    answers = [(rule.__name__, rule(mail)) for rule in rules]
    for name, why in answers:
        _note(inbound, name, why)
    return next((why for _, why in answers if why), None)


def _note(inbound: InboundEmail, rule: str, why: str | None) -> None:
    inbound.decisions = [*inbound.decisions, {"rule": rule, "hit": why is not None, "detail": why}]


def _without_case(inbound: InboundEmail, mail: Incoming) -> None:
    """A mail that belongs to no case opens one, unless it is the team's, forged, or not wanted."""
    assert mail.sender is not None
    sender = find_person(mail.sender)
    obstacle = _obstacle(mail, sender)
    if obstacle:
        conclude(inbound, Outcome.HELD, obstacle)
        return
    with _held_if_refused(inbound, None):
        creator = sender or find_or_create_person(mail.sender, mail.sender_name)
        _open(inbound, mail, creator, verified=vouched_for(mail) is True)


def _obstacle(mail: Incoming, sender: Person | None) -> str | None:
    if sender is not None and sender.team:
        return "from_team_without_case"
    if sender is not None and not sender.active:
        return "sender_blocked"
    if vouched_for(mail) is False:
        return "authentication_failed"
    if sender is None and not takes_address(mail.sender or ""):
        return "address_refused"
    return None if settings().mail_open_cases else "mail_opens_no_cases"


def _open(
    inbound: InboundEmail, mail: Incoming, creator: Person, *, verified: bool, follows: Case | None = None
) -> None:
    case = open_case(
        creator,
        bare_subject(mail.subject),
        _body(mail),
        channel="mail",
        follows=follows,
        robot=inbound.robot,
        verified=verified,
    )
    inbound.person_id, inbound.post_id = creator.id, first_post(case).id
    conclude(inbound, Outcome.OPENED, None, case)


def _on_case(inbound: InboundEmail, mail: Incoming, match: Match) -> None:
    assert mail.sender is not None
    case, sender = locked(match.case), find_person(mail.sender)
    verdict = judge(mail, sender, match)
    _note(inbound, "authority", verdict.reason)
    if not verdict.allowed or sender is None:
        _hold(inbound, case, verdict.reason)
    elif inbound.robot or takes_messages(case):
        with _held_if_refused(inbound, case):
            _post(inbound, mail, case, sender, verified=verdict.verified)
    elif case.closed and not sender.team:
        with _held_if_refused(inbound, case):
            _open(inbound, mail, sender, verified=verdict.verified, follows=case)
    else:
        _hold(inbound, case, f"case_{'closed' if case.closed else case.state}")


def _post(inbound: InboundEmail, mail: Incoming, case: Case, sender: Person, *, verified: bool) -> None:
    post = post_message(case, _body(mail), by=sender, channel="mail", robot=inbound.robot, verified=verified)
    inbound.person_id, inbound.post_id = sender.id, post.id
    conclude(inbound, Outcome.POSTED, None, case)


@contextmanager
def _held_if_refused(inbound: InboundEmail, case: Case | None) -> Iterator[None]:
    """A mail that a verb refuses, for its length say, is held; nothing is left of what the verb had begun."""
    try:
        with db.session.begin_nested():
            yield
    except CaseyError as error:
        _hold(inbound, case, error.code)


def _hold(inbound: InboundEmail, case: Case | None, reason: str) -> None:
    conclude(inbound, Outcome.HELD, reason, case)
    if case is not None:
        record(case, "mail_held", by=None, new={"inbound": inbound.id, "reason": reason})


def _body(mail: Incoming) -> str:
    """The full text; a mail without any (a picture alone, say) still becomes a message."""
    return mail.text if mail.text.strip() else "(This mail has no text.)"

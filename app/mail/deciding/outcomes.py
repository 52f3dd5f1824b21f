"""What becomes of a received mail: the steps, in their order. Each mail gets exactly one outcome."""

from sqlalchemy import bindparam, select

from app.cases.queries import locked
from app.extensions import db
from app.mail.deciding.bounces import settle_report
from app.mail.deciding.decisions import ADMITTED, ask, begin, conclude, describe, note, was_said
from app.mail.deciding.opening import without_case
from app.mail.deciding.oversize import refuse_too_large, too_large
from app.mail.deciding.posting import on_case
from app.mail.deciding.screening import CIRCLES, LOOPS, RECEIPTS, REMARKS, REPORTS, ROBOTS
from app.mail.deciding.threading import Match, find_case, followed
from app.mail.models import InboundEmail, Outcome
from app.mail.reading.incoming import Incoming
from app.mail.reading.room import Unreadable

SAME_MAIL = (
    select(InboundEmail)
    .where(InboundEmail.sha256 == bindparam("sha256"), InboundEmail.message_id == bindparam("message_id"))
    .where(InboundEmail.id < bindparam("id"))
    .order_by(InboundEmail.id)
    .limit(1)
    .execution_options(autoflush=False)  # nothing has changed yet but the mail itself
)


def decide(inbound: InboundEmail, mail: Incoming | Unreadable) -> None:
    """Give a mail, which has been read, its outcome."""
    begin(inbound)
    if inbound.generation:
        note(inbound, "uid_used_again", "the server gave it the UID of an earlier mail")
    earlier = _same_mail_before(inbound)
    if earlier is not None:
        conclude(inbound, Outcome.DUPLICATE, f"the same as inbound mail {earlier.id}", earlier.case)
    elif isinstance(mail, Unreadable):
        conclude(inbound, Outcome.QUARANTINED, "too_large" if too_large(inbound) else mail.reason)
    else:
        describe(inbound, mail)
        if not _screened_out(inbound, mail):
            _place(inbound, mail)


def _same_mail_before(inbound: InboundEmail) -> InboundEmail | None:
    """The same Message-ID and the same bytes; the id alone, which senders reuse, never makes a duplicate."""
    asked = {"sha256": inbound.sha256, "message_id": inbound.message_id, "id": inbound.id}
    return db.session.scalar(SAME_MAIL, asked)


def _screened_out(inbound: InboundEmail, mail: Incoming) -> bool:
    """Whether nobody needs to look at this mail, since it is no person's."""
    if ask(inbound, mail, LOOPS):
        conclude(inbound, Outcome.IGNORED, "loop")
    elif ask(inbound, mail, CIRCLES):
        conclude(inbound, Outcome.QUARANTINED, "too_many_hops")
    elif ask(inbound, mail, RECEIPTS):
        conclude(inbound, Outcome.IGNORED, "receipt_or_complaint")
    elif ask(inbound, mail, REPORTS) and not settle_report(inbound, mail):
        conclude(inbound, Outcome.IGNORED, "delivery_report")
    return inbound.outcome is not None


def _place(inbound: InboundEmail, mail: Incoming) -> None:
    """Put a mail that may be a person's where it belongs."""
    inbound.robot = ask(inbound, mail, ROBOTS)
    ask(inbound, mail, REMARKS)
    if too_large(inbound):
        refuse_too_large(inbound, mail)
    elif mail.sender is None:
        conclude(inbound, Outcome.HELD, mail.sender_problem)
    elif match := _match(inbound, mail):
        on_case(inbound, mail, match)
    else:
        without_case(inbound, mail)


def _match(inbound: InboundEmail, mail: Incoming) -> Match | None:
    """The case it belongs to, locked; of a mail that the team has admitted, the one it was held on."""
    match = find_case(mail)
    if inbound.case and was_said(inbound, ADMITTED):
        match = Match(followed(inbound.case), ADMITTED)
    note(inbound, "threading", match.how if match else None)
    note(inbound, "threading_conflict", match.conflict if match else None)
    if match:
        locked(match.case)
    return match

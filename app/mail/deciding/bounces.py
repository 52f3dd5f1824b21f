"""Settling reports of mail systems on the mails of ours that they are about."""

from collections.abc import Iterator

from sqlalchemy import or_, select

from app.clock import now
from app.config import settings
from app.extensions import db
from app.mail.deciding.decisions import conclude, note
from app.mail.models import Delivery, InboundEmail, OutboundEmail, Outcome, Rejection
from app.mail.reading.incoming import Incoming, Report
from app.mail.sending.deliveries import arrive
from app.mail.sending.delivering.rejections import LONGEST_ANSWER, reject, why
from app.mail.tokens import read_bounce_address, read_token
from app.people.merging import present_id
from app.text import storable

WORDLESS = "A mail system reported that it could not deliver this mail."


def settle_report(inbound: InboundEmail, mail: Incoming) -> bool:
    """Settle what a mail system reports on the mail it is about, and conclude. False: it is no such report.

    It opens, reopens and posts nothing. One that names no mail of ours by something only its reader knows, and so may
    be forged, changes nothing.
    """
    report = mail.report
    if report is None or report.kind != "delivery":
        return False
    inbound.robot = True
    how, outbound = next(_found(mail, report), (None, None))
    note(inbound, "report_on", f"outbound mail {outbound.id}, by {how}" if outbound else None)
    if outbound is None:
        conclude(inbound, Outcome.IGNORED, "bounce_unknown")
        return True
    db.session.refresh(outbound, with_for_update=True)
    _settle(outbound, report)
    conclude(inbound, Outcome.BOUNCE, f"{report.action} {report.status}".strip(), outbound.case)
    return True


def _found(mail: Incoming, report: Report) -> Iterator[tuple[str, OutboundEmail]]:
    """The mail of ours that a report is about, by what is surest first."""
    ways = (
        ("its return address", _by_return_address(mail)),
        ("its Message-ID", _by_id(report)),
        ("an id of its reader's", _by_reader(report)),
    )
    return ((how, outbound) for how, found in ways for outbound in found)


def _by_return_address(mail: Incoming) -> Iterator[OutboundEmail]:
    if settings().mail_plus_addressing:
        ids = (read_bounce_address(address) for address in mail.recipients)
        rows = (db.session.get(OutboundEmail, id) for id in ids if id is not None)
        yield from (row for row in rows if row is not None)


def _by_id(report: Report) -> Iterator[OutboundEmail]:
    """By the id we gave it, or a relay."""
    for id in report.ids:
        ours = or_(OutboundEmail.message_id == id, OutboundEmail.relay_message_id == id)
        yield from db.session.scalars(select(OutboundEmail).where(ours).limit(1))


def _by_reader(report: Report) -> Iterator[OutboundEmail]:
    """By an id that we signed: the last mail that we sent to its reader in its case."""
    sent = or_(OutboundEmail.sent_at.is_not(None), OutboundEmail.status == Delivery.SENDING)
    for token in filter(None, map(read_token, report.ids)):
        yield from db.session.scalars(
            select(OutboundEmail)
            .where(OutboundEmail.case_id == token.case_id, OutboundEmail.person_id == present_id(token.person_id), sent)
            .order_by(OutboundEmail.id.desc())
            .limit(1)
        )


def _settle(outbound: OutboundEmail, report: Report) -> None:
    """Reports overtake each other: a failure is the last word, then an arrival, and a delay is only noted."""
    words = storable(report.words)
    if outbound.status in (Delivery.REJECTED, Delivery.HELD):
        return
    if report.action == "delayed":
        if outbound.status is Delivery.SENT:
            outbound.rejection, outbound.answer = Rejection.DEFERRED, words[:LONGEST_ANSWER]
        return
    outbound.sent_at = outbound.sent_at or now()  # whoever reports on a mail has had it
    if report.action == "failed":
        reject(outbound, why(report.status, words), words or WORDLESS)
    else:
        arrive(outbound, by=None)

"""Holding a mail for the team to decide, and telling the team of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from app.cases.invitations import invited
from app.cases.models import Case, State
from app.cases.participation import active_participants
from app.clock import now
from app.errors import CaseyError
from app.events import record
from app.extensions import db
from app.mail.deciding.authority import THIRD_PARTY
from app.mail.deciding.decisions import conclude
from app.mail.deciding.reasons import sentence
from app.mail.models import InboundEmail, MailPurpose, OutboundEmail, Outcome
from app.mail.reading.incoming import Incoming
from app.mail.sending.outbox import queue_notice
from app.people.models import MailTopic, Person
from app.people.wishes import wanting

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
NOTICES_AN_HOUR = 10
LONGEST_EXCERPT = 2000


def hold(inbound: InboundEmail, mail: Incoming, case: Case | None, reason: str) -> None:
    """Keep a mail for the team to decide. The team of its case is told, though not too often."""
    park(inbound, case, reason)
    if case is not None and not inbound.robot and not _told_enough(inbound, case):
        _tell(MailPurpose.HELD_NOTICE, inbound, mail, case, reason)


def hold_storm(inbound: InboundEmail, mail: Incoming, case: Case) -> None:
    """Park a mail of too many. The team is told once for all of them."""
    lasting = _storm_lasts(inbound, case)
    park(inbound, case, "storm")
    if not lasting:
        _tell(MailPurpose.STORM_NOTICE, inbound, mail, case, "storm")


@contextmanager
def held_if_refused(inbound: InboundEmail, mail: Incoming, case: Case | None) -> Iterator[None]:
    """A mail that a verb refuses, for its length say, is held; nothing is left of what the verb had begun."""
    try:
        with db.session.begin_nested():
            yield
    except CaseyError as error:
        hold(inbound, mail, case, error.code)


def park(inbound: InboundEmail, case: Case | None, reason: str) -> None:
    """Keep a mail for the team to decide, without a word to anybody."""
    conclude(inbound, Outcome.HELD, reason, case)
    if case is not None:
        record(case, "mail_held", by=None, new={"inbound": inbound.id, "reason": reason})


def _tell(purpose: MailPurpose, inbound: InboundEmail, mail: Incoming, case: Case, reason: str) -> None:
    for person in _team_of(case):
        queue_notice(purpose, person, about=inbound, case=case, **_details(inbound, mail, reason))


def _team_of(case: Case) -> Sequence[Person]:
    """Whoever of the team is in the case, else those who were asked to take it up. Nobody cares for spam and trash.

    Who does not want to hear of it does not, unless nobody else would.
    """
    if case.state not in {State.ACTIVE, State.PENDING}:
        return []
    inside = [one.person for one in active_participants(case) if one.person.team and not one.muted_at]
    told = inside or [one.person for one in invited(case) if one.person.team and one.person.active]
    return wanting(told, MailTopic.HELD)


def _details(inbound: InboundEmail, mail: Incoming, reason: str) -> dict[str, object]:
    return {
        "from": mail.sender,
        "name": mail.sender_name,
        "subject": mail.subject,
        "reason": sentence(reason),
        "stranger": reason in THIRD_PARTY,
        "excerpt": mail.answer[:LONGEST_EXCERPT],
        "inbound": str(inbound.uuid),
    }


def _told_enough(inbound: InboundEmail, case: Case) -> bool:
    """Whether the team has heard of this sender today, or of enough held mails within this hour."""
    of_sender = _told(case, A_DAY, InboundEmail.sender == inbound.sender, InboundEmail.id != inbound.id)
    return of_sender > 0 or _told(case, AN_HOUR) >= NOTICES_AN_HOUR


def _told(case: Case, within: timedelta, *which: ColumnElement[bool]) -> int:
    """Of how many held mails on a case the team was told."""
    query = (
        select(func.count(OutboundEmail.inbound_id.distinct()))
        .join(InboundEmail, InboundEmail.id == OutboundEmail.inbound_id)
        .where(OutboundEmail.case_id == case.id, OutboundEmail.purpose == MailPurpose.HELD_NOTICE)
        .where(OutboundEmail.created_at > now() - within, *which)
    )
    return db.session.scalar(query) or 0


def _storm_lasts(inbound: InboundEmail, case: Case) -> bool:
    """Whether another mail of the same storm was parked within the last hour."""
    query = (
        select(InboundEmail.id)
        .where(InboundEmail.case_id == case.id, InboundEmail.sender == inbound.sender)
        .where(InboundEmail.outcome == Outcome.HELD, InboundEmail.reason == "storm")
        .where(InboundEmail.decided_at > now() - AN_HOUR, InboundEmail.id != inbound.id)
    )
    return db.session.scalar(query.limit(1)) is not None

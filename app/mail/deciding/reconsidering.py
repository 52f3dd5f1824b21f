"""Deciding again about a mail: the team admits or rejects it, its sender joined, or somebody asks for it.

It goes back among the mails that wait, and its turn comes in the order in which it came, under the lease of its
mailbox.
"""

from sqlalchemy import select

from app.cases.models import Case, State
from app.cases.participation import add_participant
from app.cases.queries import locked
from app.clock import now
from app.errors import Conflict
from app.events import record
from app.extensions import db
from app.mail.deciding.authority import THIRD_PARTY
from app.mail.deciding.decisions import ADMITTED, SENDER_JOINED, conclude, note
from app.mail.deciding.newcomers import newcomer
from app.mail.deciding.threading import followed
from app.mail.models import InboundEmail, Outcome
from app.people.addresses import takes_address
from app.people.models import Person
from app.people.persons import find_or_create_person, find_person
from app.queue import enqueue

AGAIN = (Outcome.HELD, Outcome.IGNORED, Outcome.QUARANTINED)


def admit(inbound: InboundEmail, *, by: Person | None) -> None:
    """Take a held mail for what it claims to be. Its sender joins the case it was held on; without one, it opens one.

    Raises Conflict for a mail that is not held, or not whole, or whose sender or case can take no part.
    """
    case = _held_on(inbound)
    _check_whole(inbound)
    if inbound.sender is None and inbound.sender_name is None:  # from before senders were written down
        raise Conflict("Replay it first, so that its sender is read.")
    if inbound.sender is None or not (takes_address(inbound.sender) or find_person(inbound.sender)):
        raise Conflict("This mail has no sender who could be written to.")
    if case is not None and case.state is not State.ACTIVE:
        raise Conflict("The case is not confirmed yet, marked as spam or in the trash, and takes no messages.")
    sender = _sender(inbound.sender, inbound.sender_name or "", case)
    if not sender.active:
        raise Conflict(f"{sender.name} is disabled or blocked.")
    if case is not None:
        add_participant(case, sender, by=by)
    record(inbound, "mail_admitted", by=by, case_id=inbound.case_id)
    _say(inbound, ADMITTED, f"by {by.name if by else 'the operator'}")


def _sender(address: str, name: str, case: Case | None) -> Person:
    return newcomer(case, address, name) if case else find_or_create_person(address, name)


def reject(inbound: InboundEmail, *, by: Person | None) -> None:
    """Let nothing follow from a held mail. Raises Conflict for one that is not held."""
    case = _held_on(inbound)
    note(inbound, "rejected", f"by {by.name if by else 'the operator'}")
    record(inbound, "mail_rejected", by=by, case_id=inbound.case_id)
    conclude(inbound, Outcome.IGNORED, "rejected_by_team", case)


def _held_on(inbound: InboundEmail) -> Case | None:
    """The case a held mail belongs to; nobody else changes the two before this transaction ends."""
    case = locked(followed(inbound.case)) if inbound.case else None
    db.session.refresh(inbound, with_for_update=True)
    if inbound.outcome is not Outcome.HELD:
        raise Conflict(f"This mail is not held: {_standing(inbound)}.")
    return case


def replay(inbound: InboundEmail, *, by: Person | None) -> None:
    """Decide again about a mail of which nothing came yet. Raises Conflict for any other."""
    db.session.refresh(inbound, with_for_update=True)
    if inbound.outcome not in AGAIN:
        raise Conflict(f"This mail cannot be decided about again: {_standing(inbound)}.")
    _check_whole(inbound)
    record(inbound, "mail_replayed", by=by)
    reconsider(inbound)


def _check_whole(inbound: InboundEmail) -> None:
    if inbound.dropped_at is not None:
        why = "its content was dropped, as mailKeepRaw says, or because something in it had to go"
        raise Conflict(f"This mail cannot be decided about again: {why}.")


def _standing(inbound: InboundEmail) -> str:
    return f"it is {inbound.outcome} already" if inbound.outcome else "it waits to be decided about"


def hear_again(case: Case, person: Person) -> None:
    """Somebody has joined a case: what he wrote to it before, and was held as a stranger's, is decided again."""
    keys = [identity.key for identity in person.identities]
    query = (
        select(InboundEmail)
        .where(InboundEmail.case_id == case.id, InboundEmail.outcome == Outcome.HELD, InboundEmail.dropped_at.is_(None))
        .where(InboundEmail.reason.in_(THIRD_PARTY), InboundEmail.sender.in_(keys))
        .order_by(InboundEmail.id)
    )
    for inbound in db.session.scalars(query).all():
        _say(inbound, SENDER_JOINED, "its sender has joined the case")


def _say(inbound: InboundEmail, word: str, why: str) -> None:
    note(inbound, word, why)
    reconsider(inbound)


def reconsider(inbound: InboundEmail) -> None:
    """Put a mail back among those that wait."""
    inbound.outcome = inbound.reason = None
    inbound.attempts, inbound.next_at = 0, now()
    enqueue("mail.decide_mailbox", inbound.mailbox_id)

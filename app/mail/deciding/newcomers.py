"""Whoever is let into a case by somebody else, under the name by which he is known there."""

from sqlalchemy import select

from app.cases.models import Case
from app.cases.proposals import Proposal
from app.extensions import db
from app.mail.deciding.authority import THIRD_PARTY
from app.mail.models import InboundEmail, Outcome
from app.people.addresses import key_of
from app.people.models import Person
from app.people.persons import find_or_create_person


def newcomer(case: Case, address: str, name: str = "") -> Person:
    """The person with this address, never renamed.

    A new one without a name gets that of his latest mail held on the case, or else that under which he was proposed.
    Raises Invalid for a bad address.
    """
    return find_or_create_person(address, name.strip() or _name_on(case, key_of(address)))


def _name_on(case: Case, key: str) -> str:
    held = (
        select(InboundEmail.sender_name)
        .where(InboundEmail.case_id == case.id, InboundEmail.sender == key, InboundEmail.sender_name != "")
        .where(InboundEmail.outcome == Outcome.HELD, InboundEmail.reason.in_(THIRD_PARTY))
        .order_by(InboundEmail.id.desc())
        .limit(1)
    )
    proposed = select(Proposal.name).where(Proposal.case_id == case.id, Proposal.key == key)
    return db.session.scalar(held) or db.session.scalar(proposed) or ""

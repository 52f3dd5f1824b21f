"""Who was proposed for a case: people to whom one of its mails was copied. Nobody is added by that alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.cases.models import Case
from app.cases.participation import participates
from app.clock import now
from app.extensions import Base, db
from app.people.addresses import key_of, takes_address
from app.people.models import Person
from app.people.persons import owners_of
from app.text import storable

MOST_AT_ONCE, MOST = 20, 100
LONGEST_NAME = 200


class Proposal(Base):
    """Somebody to whom a mail on the case was copied, and who wrote that mail. ``key`` is the address in lower case."""

    __tablename__ = "proposals"
    __table_args__ = (sa.UniqueConstraint("case_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    address: Mapped[str] = mapped_column(sa.String(320))
    key: Mapped[str] = mapped_column(sa.String(320))
    name: Mapped[str] = mapped_column(sa.String(200))
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    proposed_by: Mapped[Person] = relationship()


def propose(case: Case, named: Iterable[tuple[str, str]], *, by: Person) -> list[Proposal]:
    """Propose people, each an address and a name: those who can be written to and are not in the case.

    At most twenty at once and a hundred in all, and nobody twice. The case is locked, or new.
    """
    names = {key_of(address): (address, name) for address, name in named if takes_address(address)}
    if not names:
        return []
    inside = {key for key, person in owners_of(names).items() if person.id == by.id or participates(case, person)}
    known = set(db.session.scalars(select(Proposal.key).where(Proposal.case_id == case.id, Proposal.key.in_(names))))
    new = [key for key in names if key not in inside | known][: _room(case)]
    made = [_proposal(case, key, *names[key], by=by) for key in new]
    db.session.add_all(made)
    return made


def _room(case: Case) -> int:
    """How many more can be proposed at once."""
    there = db.session.scalar(select(func.count()).where(Proposal.case_id == case.id)) or 0
    return max(0, min(MOST_AT_ONCE, MOST - there))


def _proposal(case: Case, key: str, address: str, name: str, *, by: Person) -> Proposal:
    name = storable(" ".join(name.split()))[:LONGEST_NAME]
    return Proposal(case_id=case.id, key=key, address=address, name=name, proposed_by_id=by.id, proposed_by=by)


def proposals_of(case: Case) -> Sequence[Proposal]:
    """Who is proposed for a case, in the order in which they were."""
    query = select(Proposal).where(Proposal.case_id == case.id).order_by(Proposal.id)
    return db.session.scalars(query.options(joinedload(Proposal.proposed_by))).all()


def settle_proposals(case: Case, person: Person) -> None:
    """Somebody is in the case now: nothing is left to be proposed about him."""
    keys = [identity.key for identity in person.identities]
    db.session.execute(sa.delete(Proposal).where(Proposal.case_id == case.id, Proposal.key.in_(keys)))

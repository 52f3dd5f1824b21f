"""Not writing any more to an address whose mail comes back, and writing to it again."""

import sqlalchemy as sa
from sqlalchemy import select

from app.clock import now
from app.events import record
from app.extensions import db
from app.mail.models import UNSENT, Delivery, OutboundEmail, Rejection
from app.people.addresses import key_of
from app.people.models import Identity, IdentityKind, Person

ENOUGH = 2
NOT_SENT = "Not sent: two mails to this address came back. Retry this mail to write to the address again."


def suppressed(person: Person) -> bool:
    """Whether the address of this person is written to no more."""
    return any(one.suppressed_at for one in person.identities if one.value == person.email)


def drop(outbound: OutboundEmail, why: str = NOT_SENT) -> None:
    """Keep a new mail here; without another reason, since its address is written to no more."""
    outbound.status, outbound.rejection, outbound.answer = Delivery.REJECTED, Rejection.DROPPED, why
    outbound.rejected_at = now()


def count_bounce(outbound: OutboundEmail) -> None:
    """Another mail to this address came back. With the second one nothing is sent there any more."""
    identity = _identity(outbound.address)
    if identity is None:
        return
    identity.bounces += 1
    if identity.bounces >= ENOUGH and identity.suppressed_at is None:
        identity.suppressed_at = now()
        _drop_waiting(outbound.address)
        record(outbound.case or outbound.person, "address_suppressed", by=None, new=outbound.person_id)


def _drop_waiting(address: str) -> None:
    waiting = OutboundEmail.status.in_(UNSENT)
    db.session.execute(
        sa.update(OutboundEmail)
        .where(OutboundEmail.address == address, waiting)
        .values(status=Delivery.REJECTED, rejection=Rejection.DROPPED, rejected_at=now(), answer=NOT_SENT)
    )


def lift_suppression(address: str, *, by: Person | None) -> None:
    """This address works, or is believed to: write to it again. What was dropped meanwhile stays here."""
    identity = _identity(address)
    if identity is None:
        return
    was, identity.bounces, identity.suppressed_at = identity.suppressed_at, 0, None
    if was is not None:
        record(identity.person, "address_restored", by=by)


def _identity(address: str) -> Identity | None:
    """Whoever else counts a bounce of this address waits until we are done."""
    query = select(Identity).where(Identity.kind == IdentityKind.EMAIL, Identity.key == key_of(address))
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))

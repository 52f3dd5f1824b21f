"""Finding received mails."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.cases.models import Case
from app.errors import NotFound
from app.extensions import db
from app.mail.models import InboundEmail, Outcome, RawEmail

WHOLE = 32


def inbound_by_uuid(uuid: UUID) -> InboundEmail:
    """Raises NotFound."""
    inbound = db.session.scalar(select(InboundEmail).where(InboundEmail.uuid == uuid))
    if inbound is None:
        raise NotFound("There is no such mail.")
    return inbound


def inbound_by_prefix(text: str) -> InboundEmail:
    """The one mail whose UUID begins so. Raises NotFound, also when there are several."""
    digits = text.strip().lower().replace("-", "")
    try:
        first, last = (UUID(digits.ljust(WHOLE, filler)) for filler in "0f")
    except ValueError:
        raise NotFound(f"{text} is not the beginning of a UUID.") from None
    query = select(InboundEmail).where(InboundEmail.uuid.between(first, last)).limit(2)
    found = db.session.scalars(query).all()
    if not found:
        raise NotFound("There is no such mail.")
    if len(found) > 1:
        raise NotFound(f"Several mails begin with {text}; give more of the UUID.")
    return found[0]


def inbound_page(*, outcome: Outcome | None, before: int | None, limit: int) -> list[InboundEmail]:
    """Mails from the newest back, from the one behind the id ``before`` on; at most ``limit``."""
    query = (
        select(InboundEmail)
        .order_by(InboundEmail.id.desc())
        .limit(limit)
        .options(joinedload(InboundEmail.case), joinedload(InboundEmail.post))
    )
    if outcome is not None:
        query = query.where(InboundEmail.outcome == outcome)
    if before is not None:
        query = query.where(InboundEmail.id < before)
    return list(db.session.scalars(query))


def raw_of(inbound: InboundEmail) -> bytes:
    """The mail as it came, byte for byte; of one that was too large, its headers."""
    return db.session.scalars(select(RawEmail.content).where(RawEmail.sha256 == inbound.sha256)).one()


def mails_on(case: Case, limit: int = 20) -> list[InboundEmail]:
    """The latest mails that came to a case, the newest first, whatever was decided about them."""
    query = select(InboundEmail).where(InboundEmail.case_id == case.id).order_by(InboundEmail.id.desc())
    return list(db.session.scalars(query.limit(limit)))


def mail_on(case: Case, uuid: UUID) -> InboundEmail:
    """One mail that came to this case. Raises NotFound, for those of other cases too."""
    inbound = inbound_by_uuid(uuid)
    if inbound.case_id != case.id:
        raise NotFound("There is no such mail.")
    return inbound

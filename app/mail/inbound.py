"""Finding received mails."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.errors import NotFound
from app.extensions import db
from app.mail.models import InboundEmail, Outcome


def inbound_by_uuid(uuid: UUID) -> InboundEmail:
    """Raises NotFound."""
    inbound = db.session.scalar(select(InboundEmail).where(InboundEmail.uuid == uuid))
    if inbound is None:
        raise NotFound("There is no such mail.")
    return inbound


def inbound_page(*, outcome: Outcome | None, before: int | None, limit: int) -> list[InboundEmail]:
    """Mails from the newest back, from the one behind the id ``before`` on; at most ``limit``."""
    query = select(InboundEmail).order_by(InboundEmail.id.desc()).limit(limit).options(joinedload(InboundEmail.case))
    if outcome is not None:
        query = query.where(InboundEmail.outcome == outcome)
    if before is not None:
        query = query.where(InboundEmail.id < before)
    return list(db.session.scalars(query))

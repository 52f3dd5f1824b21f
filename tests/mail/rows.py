"""Looking at the ledgers of mail behind the scenes."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from app.cases.models import Case
from app.extensions import db
from app.mail.models import InboundEmail, OutboundEmail


def _all(app: Flask, query: Any) -> list[Any]:
    with app.app_context():
        found = list(db.session.scalars(query))
        db.session.expunge_all()
        return found


def outbound_to(app: Flask, address: str) -> list[OutboundEmail]:
    """What was noted to be mailed to somebody, oldest first."""
    return _all(app, select(OutboundEmail).where(OutboundEmail.address == address).order_by(OutboundEmail.id))


def inbound(app: Flask) -> list[InboundEmail]:
    """Every mail that was taken in, oldest first."""
    return _all(app, select(InboundEmail).order_by(InboundEmail.id))


def cases(app: Flask) -> list[Case]:
    """Every case, oldest first."""
    return _all(app, select(Case).order_by(Case.id))

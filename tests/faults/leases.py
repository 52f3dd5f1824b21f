"""Time passing for leases."""

import sqlalchemy as sa

from app.bulk.models import BulkJob
from app.clock import now
from app.extensions import db
from app.mail.models import Delivery, Mailbox, OutboundEmail
from app.transaction import transaction
from app.webhooks.models import Sending, WebhookDelivery
from tests.house import House


def let_leases_run_out(house: House) -> None:
    """What a minute's wait would do."""
    with house.inside(), transaction():
        db.session.execute(sa.update(Mailbox).values(lease_until=now(), deciding_until=now()))
        db.session.execute(sa.update(BulkJob).values(next_at=now()))
        sending = OutboundEmail.status == Delivery.SENDING
        db.session.execute(sa.update(OutboundEmail).where(sending).values(next_at=now()))
        telling = WebhookDelivery.status == Sending.SENDING
        db.session.execute(sa.update(WebhookDelivery).where(telling).values(next_at=now()))

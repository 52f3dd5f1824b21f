"""What becomes of what webhooks were told of a case that is removed."""

import sqlalchemy as sa

from app.cases.models import Case
from app.events import Event
from app.extensions import db
from app.webhooks.models import WebhookDelivery


def forget_deliveries(case: Case) -> None:
    """Remove what was delivered, or still waits, of a case: its events go, too."""
    of_case = sa.select(Event.sequence).where(Event.case_id == case.id)
    told = sa.or_(WebhookDelivery.case_id == case.id, WebhookDelivery.event_sequence.in_(of_case))
    db.session.execute(sa.delete(WebhookDelivery).where(told), execution_options={"synchronize_session": False})

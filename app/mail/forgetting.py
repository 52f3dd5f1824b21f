"""What becomes of the mail of a case that is removed."""

import sqlalchemy as sa

from app.cases.models import Case
from app.extensions import db
from app.mail.models import InboundEmail, OutboundEmail


def forget_mail(case: Case) -> None:
    """Remove what was mailed of a case. What came in stays in the journal, as mail of no case."""
    db.session.execute(sa.delete(OutboundEmail).where(OutboundEmail.case_id == case.id))
    of_case = sa.update(InboundEmail).where(InboundEmail.case_id == case.id)
    db.session.execute(of_case.values(case_id=None, post_id=None))

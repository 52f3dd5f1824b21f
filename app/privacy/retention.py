"""How long something is kept: closed cases, and mails as they came.

A case that is merged into another one goes with that one.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.cases.models import Case
from app.cases.purging import lock_with_merged, purge_closed_case
from app.cases.snoozing import awake
from app.clock import now
from app.config import settings
from app.extensions import db
from app.mail.models import InboundEmail, Outcome
from app.privacy.mails import remains

BATCH = 100


def old_cases(*, skip: int) -> list[int]:
    """The ids of a batch of cases that were closed longer ago than caseKeepClosed, the longest first."""
    longest = settings().case_keep_closed
    if longest is None:
        return []
    query = select(Case.id).where(*_old_case(now() - longest)).order_by(Case.closed_at, Case.id)
    return list(db.session.scalars(query.offset(skip).limit(BATCH)))


def remove_if_old(case_id: int) -> bool:
    """Remove a case for good. Says whether it was: not if it was reopened or put off meanwhile, or is gone."""
    longest = settings().case_keep_closed
    if longest is None:
        return False
    lock_with_merged(case_id)
    due = db.session.scalar(select(Case).where(Case.id == case_id, *_old_case(now() - longest)))
    if due is None:
        return False
    purge_closed_case(due)
    return True


def _old_case(before: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """``coalesce``, or databases go by the index of what is merged, which most cases are not."""
    alone = sa.func.coalesce(Case.merged_into_id, 0) == 0
    return Case.closed_at.is_not(None), Case.closed_at < before, alone, awake()


def old_mails(*, skip: int) -> list[int]:
    """The ids of a batch of mails that came longer ago than mailKeepRaw and are still whole, the oldest first."""
    longest = settings().mail_keep_raw
    if longest is None:
        return []
    query = select(InboundEmail.id).where(*_old_mail(now() - longest))
    return list(db.session.scalars(query.order_by(InboundEmail.received_at, InboundEmail.id).offset(skip).limit(BATCH)))


def drop_if_old(inbound_id: int) -> bool:
    """Keep of a mail a few headers, under the hash of what it was. Says whether it was done."""
    longest = settings().mail_keep_raw
    if longest is None:
        return False
    found = select(InboundEmail).where(InboundEmail.id == inbound_id, *_old_mail(now() - longest))
    due = db.session.scalar(found.with_for_update())
    if due is None:
        return False
    due.raw.content, due.dropped_at = remains(due.raw.content), now()
    return True


def _old_mail(before: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """One that nothing is to be decided about, neither where it came nor where the same bytes came once more."""
    twin = aliased(InboundEmail)
    needed = sa.or_(twin.received_at >= before, twin.outcome.is_(None), twin.outcome == Outcome.HELD)
    return (
        InboundEmail.dropped_at.is_(None),
        InboundEmail.received_at < before,
        InboundEmail.outcome != Outcome.HELD,
        ~sa.exists(select(twin.id).where(twin.sha256 == InboundEmail.sha256, needed)),
    )

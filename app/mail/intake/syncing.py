"""Looking into the mailbox: everything in it is stored, committed, and only then put away on the server.

What lies in the inbox and is in the journal already was stored just before a crash, or could not be moved; it is put
away now. So no mail is skipped or taken twice, whatever happened in between.
"""

import logging
from datetime import timedelta

from app.clock import now
from app.config import settings
from app.crash import CrashPoint, crash_point
from app.extensions import db
from app.mail.intake import imap
from app.mail.intake.fetching import Folder, Visit, take_batch
from app.mail.intake.reconciling import reconcile
from app.mail.mailboxes import (
    Lease,
    LeaseLost,
    drop_lease,
    forget_trouble_of_others,
    mailbox_named,
    note_success,
    note_trouble,
    take_lease,
)
from app.mail.models import Mailbox
from app.queue import JobTimeout
from app.transaction import transaction

BATCH = 25
LEASE = timedelta(minutes=1)

log = logging.getLogger(__name__)


def sync_mailbox() -> int:
    """Take in what has arrived on the server. Says how many mails; none while another process is at it."""
    lease = _begin()
    if lease is None:
        return 0
    try:
        visit = _look(lease)
    except LeaseLost as error:
        log.info("mailbox left to somebody else: %s", error)
        return 0
    except (*imap.TROUBLE, JobTimeout) as error:
        _in_trouble(lease, error)
        if isinstance(error, JobTimeout):
            raise
        return 0
    with transaction():
        note_success(db.session.get_one(Mailbox, lease.mailbox_id), visit.refusal)
        drop_lease(lease.mailbox_id, "syncing")
    return visit.taken


def _begin() -> Lease | None:
    known = settings()
    if known.imap_adapter != "imap" or not known.mail_enable:
        return None
    with transaction():
        mailbox = mailbox_named(f"{known.imap_username or known.mail_address} on {known.imap_server}")
        resting = mailbox.next_at is not None and mailbox.next_at > now()
        if resting or not take_lease(mailbox.id, "syncing", LEASE):
            return None
        forget_trouble_of_others(mailbox)
        return Lease(mailbox.id, "syncing", LEASE)


def _in_trouble(lease: Lease, error: Exception) -> None:
    log.warning("mailbox in trouble mailbox=%s error=%s", lease.mailbox_id, type(error).__name__)
    with transaction():
        every = timedelta(seconds=settings().mail_sync_timer)
        note_trouble(db.session.get_one(Mailbox, lease.mailbox_id), f"{type(error).__name__}: {error}", every)
        drop_lease(lease.mailbox_id, "syncing")


def _look(lease: Lease) -> Visit:
    with imap.signed_in() as client:
        visit = Visit(client, lease)
        reconcile(visit)
        _empty_inbox(visit)
    return visit


def _empty_inbox(visit: Visit) -> None:
    inbox = Folder(imap.INBOX, imap.open_folder(visit.client, imap.INBOX))
    uids = imap.all_uids(visit.client)
    crash_point(CrashPoint.INTAKE_AFTER_SELECT)
    for start in range(0, len(uids), BATCH):
        if visit.over:
            return
        visit.lease.keep()
        _put_away(visit, take_batch(visit, inbox, uids[start : start + BATCH]))
        crash_point(CrashPoint.INTAKE_AFTER_MOVE)


def _put_away(visit: Visit, uids: list[int]) -> None:
    """A server that refuses is noted; what cannot be moved has been taken in all the same."""
    try:
        imap.put_away(visit.client, uids)
    except imap.Refused as error:
        visit.refusal = str(error)

"""Looking into a mailbox: everything in it is stored, committed, and only then put away on the server.

What lies in the inbox and is in the journal already was stored just before a crash, or could not be moved; it is put
away now. So no mail is skipped or taken twice, whatever happened in between.
"""

import logging
from datetime import timedelta

from app.clock import now
from app.config import settings
from app.crash import CrashPoint, crash_point
from app.extensions import db
from app.mail.intake import imap, session
from app.mail.intake.accounts import Account, account_of, accounts, name_in_settings, reads_servers
from app.mail.intake.fetching import Folder, Visit, take_batch
from app.mail.intake.reconciling import count_holes, reconcile
from app.mail.intake.trouble import in_words
from app.mail.mailboxes import (
    Lease,
    LeaseLost,
    drop_lease,
    forget_trouble_of_others,
    mailbox_named,
    note_comparison,
    note_success,
    note_trouble,
    take_lease,
)
from app.mail.models import Mailbox
from app.queue import JobTimeout, enqueue
from app.transaction import transaction

BATCH = 25
LEASE = timedelta(minutes=1)

log = logging.getLogger(__name__)


def mailboxes_to_read() -> list[int]:
    """The mailboxes on servers that are to be looked into; that of the settings is made at its first use."""
    with transaction():
        if reads_servers():
            mailbox_named(name_in_settings())
        found = [account.mailbox_id for account in accounts()]
        forget_trouble_of_others(found)
    return found


def sync_mailbox(mailbox_id: int) -> int:
    """Take in what has arrived on the server. Says how many mails; none while another process is at it."""
    account = _begin(mailbox_id)
    if account is None:
        return 0
    try:
        return _look(account)
    except LeaseLost as error:
        log.info("mailbox left to somebody else: %s", error)
    except (*session.TROUBLE, JobTimeout) as error:
        _in_trouble(mailbox_id, error)
        if isinstance(error, JobTimeout):
            raise
    return 0


def _begin(mailbox_id: int) -> Account | None:
    """Take the lease, unless the mailbox is not to be read, rests, or somebody else has it."""
    with transaction():
        account = account_of(mailbox_id)
        if account is None:
            return None
        next_at = db.session.get_one(Mailbox, mailbox_id).next_at
        resting = next_at is not None and next_at > now()
        return account if not resting and take_lease(mailbox_id, "syncing", LEASE) else None


def _in_trouble(mailbox_id: int, error: Exception) -> None:
    log.warning("mailbox in trouble mailbox=%s error=%s", mailbox_id, type(error).__name__)
    with transaction():
        every = timedelta(seconds=settings().mail_sync_timer)
        note_trouble(db.session.get_one(Mailbox, mailbox_id), in_words(error), every)
        drop_lease(mailbox_id, "syncing")


def _look(account: Account) -> int:
    """Look until nothing new is there, so that whoever was sent away while we had the lease need not come again."""
    taken = 0
    with session.signed_in(account) as client:
        while True:
            visit = Visit(client, Lease(account.mailbox_id, "syncing", LEASE))
            _visit(visit)
            _end(visit)
            taken += visit.taken
            if visit.over or imap.next_uid(client, imap.INBOX) <= visit.next_uid or not _begin(account.mailbox_id):
                return taken


def _visit(visit: Visit) -> None:
    reconcile(visit)
    inbox = _empty_inbox(visit)
    count_holes(visit, inbox)
    if visit.moved and not visit.over:
        reconcile(visit)


def _end(visit: Visit) -> None:
    """Note how it went. What there was no time for is the next look's, at once."""
    mailbox_id = visit.lease.mailbox_id
    with transaction():
        mailbox = db.session.get_one(Mailbox, mailbox_id)
        note_success(mailbox, visit.refusal)
        if visit.over:
            enqueue("mail.sync_mailbox", mailbox_id)
        else:
            note_comparison(mailbox, visit.holes.total())
        drop_lease(mailbox_id, "syncing")


def _empty_inbox(visit: Visit) -> Folder:
    visit.next_uid = imap.next_uid(visit.client, imap.INBOX)
    inbox = Folder(imap.INBOX, imap.open_folder(visit.client, imap.INBOX))
    uids = imap.all_uids(visit.client)
    crash_point(CrashPoint.INTAKE_AFTER_SELECT)
    for start in range(0, len(uids), BATCH):
        if visit.over:
            break
        visit.lease.keep()
        _put_away(visit, take_batch(visit, inbox, uids[start : start + BATCH]))
        crash_point(CrashPoint.INTAKE_AFTER_MOVE)
    return inbox


def _put_away(visit: Visit, uids: list[int]) -> None:
    """A server that refuses is noted; what cannot be moved has been taken in all the same."""
    try:
        imap.put_away(visit.client, uids)
        visit.moved = visit.moved or bool(uids)
    except imap.Refused as error:
        visit.refusal = str(error)

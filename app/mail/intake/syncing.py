"""Looking into a mailbox: everything in it is stored, committed, and only then put away on the server.

What lies in the inbox and is in the journal already was stored just before a crash, or could not be moved; it is put
away after what is new. So no mail is skipped or taken twice, whatever happened in between.
"""

import logging
import time
from datetime import timedelta
from secrets import SystemRandom

from app.clock import now
from app.config import settings
from app.crash import CrashPoint, crash_point
from app.extensions import db
from app.mail.intake import imap, session
from app.mail.intake.accounts import Account, account_of, accounts, name_in_settings, reads_servers
from app.mail.intake.fetching import Folder, Visit, take_batch, unknown
from app.mail.intake.reconciling import begun, count_holes, reconcile
from app.mail.intake.trouble import in_words
from app.mail.mailboxes import (
    Lease,
    LeaseLost,
    drop_lease,
    forget_trouble_of_others,
    keep_lease,
    mailbox_named,
    note_comparison,
    note_success,
    note_trouble,
    take_lease,
)
from app.mail.models import Mailbox
from app.queue import enqueue
from app.transaction import transaction

BATCH = 25
LOOK_SECONDS = 120.0
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
    """Take in what has arrived on the server. Says how many mails; none while another process is at it.

    Whatever goes wrong is noted as the mailbox's trouble; what no server or network is to blame for is raised, too.
    """
    account = _begin(mailbox_id)
    if account is None:
        return 0
    try:
        return _look(account)
    except LeaseLost as error:
        log.info("mailbox left to somebody else: %s", error)
    except session.TROUBLE as error:
        _in_trouble(mailbox_id, error)
    except Exception as error:
        _in_trouble(mailbox_id, error)
        raise
    return 0


def _begin(mailbox_id: int) -> Account | None:
    """Take the lease, unless the mailbox is not to be read, rests, or somebody else has it.

    The lease comes first: whoever moves the mailbox to another place takes it away, so that under it no account is old.
    """
    with transaction():
        if not take_lease(mailbox_id, "syncing", LEASE):
            return None
        account = account_of(mailbox_id)
        next_at = db.session.get_one(Mailbox, mailbox_id).next_at
        if account is None or (next_at is not None and next_at > now()):
            drop_lease(mailbox_id, "syncing")
            return None
        return account


def _in_trouble(mailbox_id: int, error: Exception) -> None:
    log.warning("mailbox in trouble mailbox=%s error=%s", mailbox_id, type(error).__name__)
    with transaction():
        if keep_lease(mailbox_id, "syncing", LEASE):
            every = timedelta(seconds=settings().mail_sync_timer)
            note_trouble(db.session.get_one(Mailbox, mailbox_id), in_words(error), every)
            drop_lease(mailbox_id, "syncing")


def _look(account: Account) -> int:
    """Look until nothing new is there, so that whoever was sent away while we had the lease need not come again.

    Once the time is over, whoever is rung for goes on.
    """
    taken, until = 0, time.monotonic() + LOOK_SECONDS
    with session.signed_in(account) as client:
        while True:
            visit = Visit(client, Lease(account.mailbox_id, "syncing", LEASE), until)
            _visit(visit)
            finished = _end(visit)
            taken += visit.taken
            if not finished or imap.next_uid(client, imap.INBOX) <= visit.next_uid or not _begin(account.mailbox_id):
                return taken


def _visit(visit: Visit) -> None:
    """New mail comes first. Only the very first look at `Processed` must be before anything is moved there."""
    if not begun(visit):
        reconcile(visit)
    inbox = _empty_inbox(visit)
    count_holes(visit, inbox)
    reconcile(visit)


def _end(visit: Visit) -> bool:
    """Note how it went. What there was no time for is the next look's, at once. Says whether there was for all."""
    mailbox_id, finished = visit.lease.mailbox_id, not visit.over
    with transaction():
        visit.lease.prolong()
        mailbox = db.session.get_one(Mailbox, mailbox_id)
        note_success(mailbox, visit.refusal)
        if finished:
            note_comparison(mailbox, visit.holes + len(mailbox.processed_missed))
        else:
            enqueue("mail.sync_mailbox", mailbox_id)
        drop_lease(mailbox_id, "syncing")
    return finished


def _empty_inbox(visit: Visit) -> Folder:
    """Take in what is new, in its order; then go through what could not be put away when it was taken in.

    The latter in any order, so that one mail which cannot be moved does not hold up the same others every time.
    """
    visit.next_uid = imap.next_uid(visit.client, imap.INBOX)
    inbox = Folder(imap.INBOX, imap.open_folder(visit.client, imap.INBOX))
    uids = imap.all_uids(visit.client)
    crash_point(CrashPoint.INTAKE_AFTER_SELECT)
    new = unknown(visit, inbox, uids)
    left = sorted({*uids} - {*new})
    _take(visit, inbox, new)
    _take(visit, inbox, SystemRandom().sample(left, len(left)))
    return inbox


def _take(visit: Visit, inbox: Folder, uids: list[int]) -> None:
    for start in range(0, len(uids), BATCH):
        if visit.over:
            break
        _put_away(visit, take_batch(visit, inbox, uids[start : start + BATCH]))
        crash_point(CrashPoint.INTAKE_AFTER_MOVE)


def _put_away(visit: Visit, uids: list[int]) -> None:
    """A server that refuses is noted and not asked again in this visit; what stays has been taken in all the same."""
    if visit.immovable:
        return
    visit.lease.keep()
    try:
        imap.put_away(visit.client, uids)
    except imap.Refused as error:
        visit.immovable, visit.refusal = True, str(error)

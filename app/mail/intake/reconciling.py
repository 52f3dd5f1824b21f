"""Comparing what lies on the server with the journal, and counting the holes: mails there that are not in it.

A mail is committed before it is moved. Where the commit was lost all the same, with the disk or by restoring a backup,
the mail lies in `Processed` and nowhere else. A cursor keeps this cheap: each mail is looked at once. While the folder
is gone through again, because its UIDVALIDITY has changed, the cursor is negative. Mails that the server shows and does
not hand out stop nothing: they are remembered, and asked for at every look.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.clock import now
from app.extensions import db
from app.mail.intake import imap
from app.mail.intake.fetching import Folder, Visit, take_batch, unknown
from app.mail.models import Mailbox
from app.transaction import reading, transaction

BATCH = 100
CLOCKS_DIFFER = timedelta(hours=1)


def begun(visit: Visit) -> bool:
    """Whether it is known what lay in `Processed` when we came for the first time."""
    with reading():
        return db.session.get_one(Mailbox, visit.lease.mailbox_id).processed_validity is not None


def reconcile(visit: Visit) -> None:
    """Take in the mails in `Processed` that the journal does not know.

    What lay there when we came for the first time is not ours.
    """
    try:
        uid_validity, last = imap.end_of_processed(visit.client)
    except imap.Refused as error:
        visit.refusal = str(error)
        return
    with reading():
        mailbox = db.session.get_one(Mailbox, visit.lease.mailbox_id)
        known, cursor, since = mailbox.processed_validity, mailbox.processed_uid, mailbox.created_at
        missed = list(mailbox.processed_missed)
    if known is None:
        _begin_behind(visit, uid_validity, last)
    elif known != uid_validity:
        _go_through_again(visit, uid_validity, 0, since)
    else:
        _ask_again(visit, missed)
        if cursor < 0:
            _go_through_again(visit, uid_validity, -cursor, since)
        elif cursor < last:
            _compare(visit, uid_validity, cursor)


def _begin_behind(visit: Visit, uid_validity: int, last: int) -> None:
    """Remember where we begin: by UID, and by the time, since another UIDVALIDITY makes the UIDs worthless."""
    with transaction():
        visit.lease.prolong()
        mailbox = db.session.get_one(Mailbox, visit.lease.mailbox_id)
        mailbox.processed_validity, mailbox.processed_uid, mailbox.created_at = uid_validity, last, now()


def _ask_again(visit: Visit, missed: list[int]) -> None:
    """Try once more to take in what the server did not hand out; forget what has gone."""
    if not missed:
        return
    folder = _open(visit)
    for batch in _batches(visit, missed):
        still = _close_holes(visit, folder, batch)
        with transaction():
            visit.lease.prolong()
            mailbox = db.session.get_one(Mailbox, visit.lease.mailbox_id)
            mailbox.processed_missed = sorted({*mailbox.processed_missed} - {*batch} | {*still})


def _compare(visit: Visit, uid_validity: int, cursor: int) -> None:
    folder = _open(visit)
    for batch in _batches(visit, imap.uids_after(visit.client, cursor)):
        _advance(visit, uid_validity, batch[-1], _close_holes(visit, folder, batch))


def _go_through_again(visit: Visit, uid_validity: int, done: int, since: datetime) -> None:
    """Compare all anew, but for what came to the server before our first look there."""
    folder = _open(visit)
    uids = imap.uids_after(visit.client, done)
    for batch in _batches(visit, uids):
        came_in = imap.came_in(visit.client, batch)
        ours = [uid for uid in batch if uid in came_in and came_in[uid] > since - CLOCKS_DIFFER]
        _advance(visit, uid_validity, -batch[-1], _close_holes(visit, folder, ours))
    if not visit.over:
        _advance(visit, uid_validity, max(uids, default=done), [])


def _open(visit: Visit) -> Folder:
    return Folder(imap.PROCESSED, imap.open_folder(visit.client, imap.PROCESSED))


def _batches(visit: Visit, uids: list[int]) -> Iterator[list[int]]:
    """These mails a few at a time, until the time for this look is over."""
    for start in range(0, len(uids), BATCH):
        if visit.over:
            return
        visit.lease.keep()
        yield uids[start : start + BATCH]


def _close_holes(visit: Visit, folder: Folder, uids: list[int]) -> list[int]:
    """Take in what the journal lacks. Returns the mails that the server shows and does not hand out."""
    missing = sorted({*uids} - {*take_batch(visit, folder, uids)})
    visit.lease.keep()
    return sorted(imap.glance(visit.client, missing))


def _advance(visit: Visit, uid_validity: int, uid: int, missed: list[int]) -> None:
    """Move the cursor. UIDs that were remembered under another UIDVALIDITY mean nothing any more."""
    with transaction():
        visit.lease.prolong()
        mailbox = db.session.get_one(Mailbox, visit.lease.mailbox_id)
        before = mailbox.processed_missed if mailbox.processed_validity == uid_validity else []
        mailbox.processed_validity, mailbox.processed_uid = uid_validity, uid
        mailbox.processed_missed = sorted({*before, *missed})


def count_holes(visit: Visit, inbox: Folder) -> None:
    """Compare the inbox, which is the selected folder: what lay there when we came and still does must be journaled."""
    left = [uid for uid in imap.all_uids(visit.client) if uid < visit.next_uid]
    visit.holes = len(unknown(visit, inbox, left))

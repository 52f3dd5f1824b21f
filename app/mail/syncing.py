"""Looking into the mailbox: everything in it is stored, committed, and only then put away on the server.

What lies in the inbox and is in the journal already was stored just before a crash; it is put away now. So no mail is
skipped or taken twice, whatever happened in between.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta

from imapclient import IMAPClient

from app.clock import now
from app.config import settings
from app.crash import CrashPoint, crash_point
from app.extensions import db
from app.mail import imap
from app.mail.intake import LARGEST, Position, known_uids, take_in
from app.mail.mailboxes import drop_lease, mailbox_named, note_success, note_trouble, take_lease
from app.mail.models import Mailbox
from app.transaction import reading, transaction

BATCH = 25
BATCH_BYTES = 16 * 1024 * 1024
LEASE = timedelta(minutes=1)

log = logging.getLogger(__name__)


def sync_mailbox() -> int:
    """Take in what has arrived on the server. Says how many mails; none while another process is at it."""
    mailbox_id = _begin()
    if mailbox_id is None:
        return 0
    try:
        taken = _sync(mailbox_id)
    except imap.TROUBLE as error:
        log.warning("mailbox in trouble mailbox=%s error=%s", mailbox_id, type(error).__name__)
        with transaction():
            every = timedelta(seconds=settings().mail_sync_timer)
            note_trouble(_mailbox(mailbox_id), f"{type(error).__name__}: {error}", every)
            drop_lease(mailbox_id, "syncing")
        return 0
    with transaction():
        note_success(_mailbox(mailbox_id))
        drop_lease(mailbox_id, "syncing")
    return taken


def _begin() -> int | None:
    known = settings()
    if known.imap_adapter != "imap" or not known.mail_enable:
        return None
    with transaction():
        mailbox = mailbox_named(known.mail_address)
        resting = mailbox.next_at is not None and mailbox.next_at > now()
        return mailbox.id if not resting and take_lease(mailbox.id, "syncing", LEASE) else None


def _mailbox(mailbox_id: int) -> Mailbox:
    return db.session.get_one(Mailbox, mailbox_id)


def _sync(mailbox_id: int) -> int:
    taken = 0
    with imap.signed_in() as client:
        uid_validity = imap.open_inbox(client)
        uids = imap.all_uids(client)
        crash_point(CrashPoint.INTAKE_AFTER_SELECT)
        for start in range(0, len(uids), BATCH):
            taken += _take_batch(client, mailbox_id, uid_validity, uids[start : start + BATCH])
    return taken


def _take_batch(client: IMAPClient, mailbox_id: int, uid_validity: int, uids: list[int]) -> int:
    with reading():
        known = known_uids(_mailbox(mailbox_id), imap.INBOX, uid_validity, uids)
    imap.put_away(client, sorted(known))
    size_of = imap.sizes(client, [uid for uid in uids if uid not in known]) if len(known) < len(uids) else {}
    for some in _bounded(size_of):
        fetched = {uid: _fetch(client, uid, size_of[uid]) for uid in some}
        mails = {uid: raw for uid, raw in fetched.items() if raw is not None}
        crash_point(CrashPoint.INTAKE_AFTER_FETCH)
        _store(mailbox_id, uid_validity, mails, size_of)
        crash_point(CrashPoint.INTAKE_AFTER_COMMIT)
        imap.put_away(client, sorted(mails))
        crash_point(CrashPoint.INTAKE_AFTER_MOVE)
    return len(size_of)


def _bounded(size_of: dict[int, int]) -> Iterator[list[int]]:
    """Cut a batch so that what is in memory at one time stays small."""
    some: list[int] = []
    total = 0
    for uid, size in sorted(size_of.items()):
        if some and total + size > BATCH_BYTES:
            yield some
            some, total = [], 0
        some.append(uid)
        total += size
    if some:
        yield some


def _fetch(client: IMAPClient, uid: int, size: int) -> bytes | None:
    return imap.headers(client, uid) if size > LARGEST else imap.content(client, uid)


def _store(mailbox_id: int, uid_validity: int, mails: dict[int, bytes], size_of: dict[int, int]) -> None:
    with transaction():
        mailbox = _mailbox(mailbox_id)
        if not take_lease(mailbox_id, "syncing", LEASE):
            raise ConnectionAbortedError("another process has taken this mailbox over")
        known = known_uids(mailbox, imap.INBOX, uid_validity, list(mails))
        for uid in sorted(mails.keys() - known):
            size = size_of[uid]
            take_in(
                mailbox,
                Position(imap.INBOX, uid_validity, uid),
                mails[uid],
                full_size=size if size > LARGEST else None,
            )
        mailbox.uid_validity, mailbox.last_uid = uid_validity, max(mails, default=mailbox.last_uid)
        crash_point(CrashPoint.INTAKE_BEFORE_COMMIT)

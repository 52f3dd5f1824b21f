"""Comparing what was put away on the server with the journal.

A mail is committed before it is moved. Where the commit was lost all the same, with the disk or by restoring a backup,
the mail lies in `Processed` and nowhere else. A cursor keeps this cheap: each mail is looked at once.
"""

from app.extensions import db
from app.mail.intake import imap
from app.mail.intake.fetching import Folder, Visit, take_batch
from app.mail.models import Mailbox
from app.transaction import reading, transaction

BATCH = 100


def reconcile(visit: Visit) -> None:
    """Take in the mails in `Processed` that the journal does not know.

    What lay there when we came for the first time is not ours. When UIDVALIDITY changes, all is compared again.
    """
    try:
        uid_validity, last = imap.end_of_processed(visit.client)
    except imap.Refused as error:
        visit.refusal = str(error)
        return
    with reading():
        mailbox = db.session.get_one(Mailbox, visit.lease.mailbox_id)
        known, cursor = mailbox.processed_validity, mailbox.processed_uid
    if known is None:
        _advance(visit, uid_validity, last)
    elif known != uid_validity or cursor < last:
        _compare(visit, uid_validity, cursor if known == uid_validity else 0)


def _compare(visit: Visit, uid_validity: int, cursor: int) -> None:
    folder = Folder(imap.PROCESSED, imap.open_folder(visit.client, imap.PROCESSED))
    uids = imap.uids_after(visit.client, cursor)
    for start in range(0, len(uids), BATCH):
        if visit.over:
            return
        batch = uids[start : start + BATCH]
        take_batch(visit, folder, batch)
        _advance(visit, uid_validity, batch[-1])


def _advance(visit: Visit, uid_validity: int, uid: int) -> None:
    with transaction():
        mailbox = db.session.get_one(Mailbox, visit.lease.mailbox_id)
        mailbox.processed_validity, mailbox.processed_uid = uid_validity, uid

"""Fetching mails from the server into the journal, a few at a time, each at most once."""

import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from imapclient import IMAPClient

from app.crash import CrashPoint, crash_point
from app.extensions import db
from app.mail.intake import imap
from app.mail.intake.imap import Glance
from app.mail.intake.journal import Entry, has_bytes, journaled, journaled_uids, taken_in
from app.mail.intake.taking import LARGEST, Position, ring_for, take_in
from app.mail.mailboxes import Lease
from app.mail.models import Mailbox
from app.transaction import reading, transaction

BATCH_BYTES = 1024 * 1024  # what is larger is stored by itself
MOST_UIDS = 500


@dataclass
class Visit:
    """Going through the server once, under the lease of its mailbox: what was taken in, and what the server refused.

    ``next_uid`` is where the inbox ended when we came; ``holes`` counts the mails in it that are in no journal. Of
    ``until``, the end of the whole look, time.monotonic() is the clock.
    """

    client: IMAPClient
    lease: Lease
    until: float
    taken: int = 0
    immovable: bool = False
    next_uid: int = 0
    holes: int = 0
    refusal: str | None = None

    @property
    def over(self) -> bool:
        """Whether the rest can wait for the next look."""
        return time.monotonic() > self.until


@dataclass(frozen=True)
class Folder:
    """The folder that is selected on the server."""

    name: str
    uid_validity: int


def unknown(visit: Visit, folder: Folder, uids: list[int]) -> list[int]:
    """Those of these UIDs under which the journal has no mail, in their order."""
    found: list[int] = []
    for start in range(0, len(uids), MOST_UIDS):
        some = uids[start : start + MOST_UIDS]
        visit.lease.keep()
        with reading():
            known = journaled_uids(visit.lease.mailbox_id, folder.name, folder.uid_validity, some)
        found += [uid for uid in some if uid not in known]
    return found


def take_batch(visit: Visit, folder: Folder, uids: list[int]) -> list[int]:
    """Store those of these mails that are not in the journal yet. Returns the UIDs of all that are in it now."""
    visit.lease.keep()
    glances = imap.glance(visit.client, uids)
    done = _known(visit.lease.mailbox_id, folder, glances)
    for some in _bounded({uid: one for uid, one in glances.items() if uid not in done}):
        mails = _fetch(visit, some)
        crash_point(CrashPoint.INTAKE_AFTER_FETCH)
        visit.taken += _store(visit.lease, folder, mails, some)
        crash_point(CrashPoint.INTAKE_AFTER_COMMIT)
        done |= mails.keys()
    return sorted(done)


def _known(mailbox_id: int, folder: Folder, glances: Mapping[int, Glance]) -> set[int]:
    """The mails that have been taken in, as far as can be told without fetching them.

    In the inbox a mail is looked for under its UID, and compared: servers use UIDs again although they must not. A mail
    that was moved has another UID since.
    """
    with reading():
        if folder.name == imap.PROCESSED:
            moved = taken_in(mailbox_id, [one.message_id for one in glances.values()])
            return {uid for uid, one in glances.items() if (one.size, one.message_id) in moved}
        entries = journaled(mailbox_id, folder.name, folder.uid_validity, glances)
        return {uid for uid, one in glances.items() if any(_alike(entry, one) for entry in entries[uid])}


def _alike(entry: Entry, glance: Glance) -> bool:
    return (entry.size, entry.message_id) == (glance.size, glance.message_id)


def _bounded(glances: Mapping[int, Glance]) -> Iterator[dict[int, Glance]]:
    """Cut a batch, so that little is in memory at one time and little is fetched again after a crash."""
    some: dict[int, Glance] = {}
    for uid, one in glances.items():
        if some and sum(other.size for other in some.values()) + one.size > BATCH_BYTES:
            yield some
            some = {}
        some[uid] = one
    if some:
        yield some


def _fetch(visit: Visit, glances: Mapping[int, Glance]) -> dict[int, bytes]:
    """The bytes of each mail that is still there and is handed out; the headers alone of one that is too large."""
    mails = {}
    for uid, one in glances.items():
        visit.lease.keep()
        try:
            raw = imap.headers(visit.client, uid) if one.size > LARGEST else imap.content(visit.client, uid)
        except imap.Refused as error:
            visit.refusal = str(error)
            continue
        if raw is not None:
            mails[uid] = raw
    return mails


def _store(lease: Lease, folder: Folder, mails: Mapping[int, bytes], glances: Mapping[int, Glance]) -> int:
    """Commit the mails that turn out not to be in the journal. Says how many."""
    with transaction():
        lease.prolong()
        mailbox = db.session.get_one(Mailbox, lease.mailbox_id)
        entries = journaled(mailbox.id, folder.name, folder.uid_validity, mails)
        new = [uid for uid, raw in mails.items() if _is_new(mailbox.id, folder, raw, entries[uid])]
        for uid in new:
            size, position = glances[uid].size, Position(folder.name, folder.uid_validity, uid, len(entries[uid]))
            take_in(mailbox, position, mails[uid], full_size=size if size > LARGEST else None)
        if new:
            ring_for(mailbox)
        crash_point(CrashPoint.INTAKE_BEFORE_COMMIT)
    return len(new)


def _is_new(mailbox_id: int, folder: Folder, raw: bytes, same_uid: list[Entry]) -> bool:
    sha256 = hashlib.sha256(raw).hexdigest()
    if any(entry.sha256 == sha256 for entry in same_uid):
        return False
    return folder.name != imap.PROCESSED or not has_bytes(mailbox_id, sha256)

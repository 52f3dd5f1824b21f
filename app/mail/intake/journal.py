"""What the journal of received mail says about mails that lie on a server."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.extensions import db
from app.mail.models import InboundEmail


@dataclass(frozen=True)
class Entry:
    """One mail in the journal."""

    size: int
    message_id: str
    sha256: str


def journaled(mailbox_id: int, folder: str, uid_validity: int, uids: Collection[int]) -> Mapping[int, list[Entry]]:
    """The mails that were taken in under these UIDs; more than one where the server has used a UID again."""
    query = (
        select(InboundEmail.uid, InboundEmail.size, InboundEmail.message_id, InboundEmail.sha256)
        .where(InboundEmail.mailbox_id == mailbox_id, InboundEmail.folder == folder)
        .where(InboundEmail.uid_validity == uid_validity, InboundEmail.uid.in_(uids))
    )
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for uid, size, message_id, sha256 in db.session.execute(query):
        found[uid].append(Entry(size, message_id, sha256))
    return found


def journaled_uids(mailbox_id: int, folder: str, uid_validity: int, uids: Collection[int]) -> set[int]:
    """Which of these UIDs are in the journal."""
    query = select(InboundEmail.uid).where(
        InboundEmail.mailbox_id == mailbox_id, InboundEmail.folder == folder, InboundEmail.uid_validity == uid_validity
    )
    return set(db.session.scalars(query.where(InboundEmail.uid.in_(uids))))


def taken_in(mailbox_id: int, message_ids: Collection[str]) -> set[tuple[int, str]]:
    """Size and Message-ID of the mails with these ids that came from this mailbox, whatever their UIDs were."""
    query = select(InboundEmail.size, InboundEmail.message_id).where(
        InboundEmail.message_id.in_(message_ids), InboundEmail.mailbox_id == mailbox_id
    )
    return {(size, message_id) for size, message_id in db.session.execute(query)}


def has_bytes(mailbox_id: int, sha256: str) -> bool:
    """Whether exactly this mail came from this mailbox."""
    query = select(InboundEmail.id).where(InboundEmail.sha256 == sha256, InboundEmail.mailbox_id == mailbox_id)
    return db.session.scalar(query.limit(1)) is not None

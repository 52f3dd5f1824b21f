"""The addresses at which mail to us arrives, and the mailboxes from which it is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.config import settings
from app.extensions import db
from app.mail.intake.accounts import MailboxAccount
from app.people.addresses import key_of


@dataclass(frozen=True)
class OurAddress:
    """An address of ours, and whether mail to it is read."""

    email: str
    active: bool


@dataclass(frozen=True)
class OurMailbox:
    """A mailbox without what opens it. That of the support address has the number 0, further ones those of theirs."""

    number: int
    address: str
    server: str | None
    port: int | None
    encryption: str
    username: str | None
    active: bool
    created_at: datetime | None


def our_mailboxes() -> list[OurMailbox]:
    """That of the support address, and behind it further ones."""
    known = settings()
    first = OurMailbox(
        0,
        known.mail_address or "",
        known.imap_server,
        known.imap_port if known.imap_server else None,
        known.imap_encryption,
        known.imap_username or known.mail_address,
        known.mail_enable,
        None,
    )
    further = db.session.scalars(select(MailboxAccount).order_by(MailboxAccount.mailbox_id))
    return [first, *(_further(one, enabled=known.mail_enable) for one in further)]


def _further(one: MailboxAccount, *, enabled: bool) -> OurMailbox:
    active = enabled and one.paused_at is None
    return OurMailbox(
        one.mailbox_id, one.address, one.server, one.port, one.encryption, one.username, active, one.created_at
    )


def our_addresses() -> list[OurAddress]:
    """The support address, its aliases, and plus forms with mailboxes of their own; each once, in this order."""
    known = settings()
    further = list(db.session.scalars(select(MailboxAccount).order_by(MailboxAccount.mailbox_id)))
    read = {key_of(one.address) for one in further if one.paused_at is None} | {key_of(known.mail_address or "")}
    paused = {key_of(one.address) for one in further} - read
    return [
        OurAddress(one, known.mail_enable and key not in paused)
        for key, one in _once([known.mail_address, *known.mail_aliases, *(one.address for one in further)])
    ]


def _once(addresses: Iterable[str | None]) -> Iterable[tuple[str, str]]:
    """Each address by its key, as it is written first."""
    found: dict[str, str] = {}
    for one in addresses:
        if one:
            found.setdefault(key_of(one), one)
    return found.items()

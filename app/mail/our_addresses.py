"""The addresses at which mail to us arrives."""

from collections.abc import Iterable
from dataclasses import dataclass

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

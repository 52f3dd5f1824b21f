"""How we sign in to each mailbox: to the one that the settings name, and to further ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.config import settings
from app.extensions import Base, db
from app.mail.models import Mailbox


class MailboxAccount(Base):
    """A further mailbox that is read, besides the one in the settings. ``address`` is one of ours.

    Where it signs in by ``xoauth2``, ``password`` is a refresh token of its own; without one, that of the settings
    serves.
    """

    __tablename__ = "mailbox_accounts"

    mailbox_id: Mapped[int] = mapped_column(sa.ForeignKey("mailboxes.id"), primary_key=True)
    address: Mapped[str] = mapped_column(sa.String(320))
    server: Mapped[str] = mapped_column(sa.String(253))
    port: Mapped[int]
    encryption: Mapped[str] = mapped_column(sa.String(20))
    auth: Mapped[str] = mapped_column(sa.String(20))
    username: Mapped[str] = mapped_column(sa.String(320))
    password: Mapped[str | None] = mapped_column(sa.String(1000))
    paused_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    mailbox: Mapped[Mailbox] = relationship()


@dataclass(frozen=True)
class Account:
    """What it takes to sign in to a mailbox."""

    mailbox_id: int
    address: str
    server: str
    port: int
    encryption: str
    auth: str
    username: str
    password: str | None = field(repr=False)


def name_of(username: str, server: str) -> str:
    """What a mailbox on a server is called; no two have one name."""
    return f"{username} on {server}"


def name_in_settings() -> str:
    """The name of the mailbox that the settings describe."""
    known = settings()
    return name_of(known.imap_username or known.mail_address, str(known.imap_server))


def reads_servers() -> bool:
    """Whether mail is fetched from servers at all."""
    return settings().imap_adapter == "imap" and settings().mail_enable


def accounts() -> list[Account]:
    """The accounts of all mailboxes that are to be read; that of the settings once there is a row for it."""
    if not reads_servers():
        return []
    ours = db.session.scalar(sa.select(Mailbox.id).where(Mailbox.name == name_in_settings()))
    query = sa.select(MailboxAccount).where(MailboxAccount.paused_at.is_(None)).order_by(MailboxAccount.mailbox_id)
    further = [of_row(one) for one in db.session.scalars(query) if one.mailbox_id != ours]
    return further if ours is None else [of_settings(ours), *further]


def account_of(mailbox_id: int) -> Account | None:
    """How to sign in to this mailbox; None when it is not to be read."""
    return next((one for one in accounts() if one.mailbox_id == mailbox_id), None)


def healthy(some: Iterable[Account]) -> list[Account]:
    """Those whose mailbox could be read the last time, so that nobody knocks at a server that is in trouble."""
    known = set(db.session.scalars(sa.select(Mailbox.id).where(Mailbox.failures == 0, Mailbox.synced_at.is_not(None))))
    return [one for one in some if one.mailbox_id in known]


def of_settings(mailbox_id: int) -> Account:
    """The account that the settings describe."""
    known = settings()
    return Account(
        mailbox_id=mailbox_id,
        address=known.mail_address,
        server=str(known.imap_server),
        port=known.imap_port,
        encryption=known.imap_encryption,
        auth=known.imap_auth,
        username=known.imap_username or known.mail_address,
        password=known.imap_password if known.imap_auth == "password" else None,
    )


def of_row(row: MailboxAccount) -> Account:
    """The account of a further mailbox."""
    return Account(
        mailbox_id=row.mailbox_id,
        address=row.address,
        server=row.server,
        port=row.port,
        encryption=row.encryption,
        auth=row.auth,
        username=row.username,
        password=row.password,
    )

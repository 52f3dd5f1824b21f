"""Every mailbox on a server, with how it stands."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, false, func, or_, select

from app.config import settings
from app.errors import NotFound
from app.extensions import db
from app.mail.intake.accounts import Account, MailboxAccount, name_in_settings, of_row, of_settings, reads_servers
from app.mail.intake.oauth import grant_of, token_of
from app.mail.intake.token_endpoint import NoToken
from app.mail.models import InboundEmail, Mailbox


@dataclass(frozen=True)
class Standing:
    """A mailbox and its account; ``row`` is None for the one that the settings describe."""

    mailbox: Mailbox
    row: MailboxAccount | None
    account: Account
    undecided: int

    @property
    def state(self) -> str:
        """In one word."""
        if self.row and self.row.paused_at:
            return "paused"
        if not reads_servers():
            return "off"
        if self.mailbox.failures:
            return "in_trouble"
        return "read" if self.mailbox.synced_at else "new"

    @property
    def token_obtained_at(self) -> datetime | None:
        """Since when we have the present access token."""
        token = None
        if self.account.auth == "xoauth2":
            with suppress(NoToken):
                token = token_of(grant_of(self.account))
        return token.obtained_at if token else None


def mailboxes_page(*, after: int, limit: int) -> list[Standing]:
    """Mailboxes from the one of the settings on; that is there once it has been looked for."""
    query = _query().where(Mailbox.id > after).order_by(Mailbox.id).limit(limit)
    found = db.session.execute(query).all()
    waiting = _undecided([mailbox.id for mailbox, _ in found])
    return [_standing(mailbox, row, waiting) for mailbox, row in found]


def mailbox_by_uuid(uuid: UUID) -> Standing:
    """One mailbox. Raises NotFound."""
    found = db.session.execute(_query().where(Mailbox.uuid == uuid)).first()
    if found is None:
        raise NotFound("There is no such mailbox.")
    return _standing(*found, _undecided([found[0].id]))


def _query() -> Select[Mailbox, MailboxAccount]:
    ours = Mailbox.name == name_in_settings() if settings().imap_adapter == "imap" else false()
    joined = select(Mailbox, MailboxAccount).outerjoin(MailboxAccount, MailboxAccount.mailbox_id == Mailbox.id)
    return joined.where(or_(MailboxAccount.mailbox_id.is_not(None), ours))


def _undecided(mailboxes: Sequence[int]) -> dict[int, int]:
    """How many mails wait to be decided about in each of these mailboxes; one in which none does is not named."""
    waiting = InboundEmail.mailbox_id.in_(mailboxes), InboundEmail.outcome.is_(None)
    counted = (
        select(InboundEmail.mailbox_id, func.count().label("waiting")).where(*waiting).group_by(InboundEmail.mailbox_id)
    )
    return {row.mailbox_id: row.waiting for row in db.session.execute(counted)}


def _standing(mailbox: Mailbox, row: MailboxAccount | None, waiting: Mapping[int, int]) -> Standing:
    account = of_row(row) if row else of_settings(mailbox.id)
    return Standing(mailbox, row, account, waiting.get(mailbox.id, 0))

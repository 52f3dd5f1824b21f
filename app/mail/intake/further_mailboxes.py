"""Adding, changing and removing mailboxes besides the one in the settings."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from app.clock import now
from app.config import settings
from app.errors import Conflict, Invalid
from app.events import Actor, Event, record
from app.extensions import db
from app.mail.intake.accounts import MailboxAccount, name_in_settings, name_of
from app.mail.intake.oauth import OAuthToken
from app.mail.mailboxes import mailbox_named
from app.mail.models import LONGEST_NAME, Mailbox
from app.overrides import MASK
from app.people.addresses import key_of
from app.queue import enqueue

PLACE = ("server", "port", "encryption", "auth")  # where a password goes, and as what
# What is known of a mailbox that nobody has looked into.
UNKNOWN: dict[str, Any] = {
    "processed_validity": None,
    "processed_uid": 0,
    "processed_missed": [],
    "synced_at": None,
    "compared_at": None,
    "holes": None,
    "lease_owner": None,
    "lease_until": None,
}


def add_mailbox(new: Mapping[str, Any], *, by: Actor | None) -> MailboxAccount:
    """Read a further mailbox from now on. Raises Invalid, or Conflict when it is read already."""
    account = MailboxAccount(**{**new, "username": new["username"] or new["address"]})
    _check(account)
    name = name_of(account.username, account.server)
    mailbox = mailbox_named(name)
    if name == name_in_settings() or db.session.get(MailboxAccount, mailbox.id) is not None:
        raise Conflict(f"The mailbox {name} is read already.", field="username")
    account.mailbox = mailbox
    db.session.add(account)
    _begin_anew(mailbox)
    db.session.flush()
    record(mailbox, "mailbox_added", by=by, new=_told(account))
    return account


def change_mailbox(account: MailboxAccount, changes: Mapping[str, Any], *, by: Actor | None) -> None:
    """Change how a mailbox is read. A masked password means: as it was.

    Raises Invalid, Conflict when it would become another one that is read already.
    """
    before = _told(account)
    wanted = {
        name: value for name, value in changes.items() if name != "paused" and (name, value) != ("password", MASK)
    }
    moves = any(wanted.get(name, before[name]) != before[name] for name in PLACE)
    if moves and account.password and "password" not in wanted:
        raise Invalid(
            "The password must be given too: the stored one is not sent to another place than before.",
            field="password",
        )
    for name, value in wanted.items():
        setattr(account, name, value)
    _check(account)
    _rename(account.mailbox, name_of(account.username, account.server))
    if "paused" in changes:
        account.paused_at = (account.paused_at or now()) if changes["paused"] else None
    if wanted or not account.paused_at:
        _try_again(account.mailbox)
    if "password" not in wanted and _told(account) == before:
        return
    record(account.mailbox, "mailbox_changed", by=by, old=before, new=_told(account))


def remove_mailbox(account: MailboxAccount, *, by: Actor | None) -> None:
    """Stop reading a mailbox. What came from it stays in the journal, and all that lies on the server stays there."""
    mailbox = account.mailbox
    record(mailbox, "mailbox_removed", by=by, old=_told(account))
    db.session.delete(account)
    mailbox.trouble, mailbox.failures, mailbox.holes = None, 0, None


def forget_refresh_tokens(event: Event) -> None:
    """Refresh tokens of mailboxes go only where they went before; those of the settings are guarded there."""
    if "oauthTokenUrl" in {**(event.old or {}), **(event.new or {})}:
        db.session.execute(sa.update(MailboxAccount).where(MailboxAccount.auth == "xoauth2").values(password=None))
        db.session.execute(sa.delete(OAuthToken))


def _check(account: MailboxAccount) -> None:
    """Raises Invalid for what could not be read, or would be somebody's who is not us."""
    if len(name_of(account.username, account.server)) > LONGEST_NAME:
        most = LONGEST_NAME - len(name_of("", account.server))
        raise Invalid(f"The user name must be at most {most} characters long on this server.", field="username")
    known = settings()
    if key_of(account.address) not in {key_of(ours) for ours in (known.mail_address, *known.mail_aliases)}:
        raise Invalid(
            "This address is none of ours. Add it to the setting mailAliases first, so that nobody else can have it.",
            field="address",
        )
    if account.password == MASK:
        raise Invalid("This is the mask of a password, and not a password.", field="password")
    if account.auth == "password" and not account.password:
        raise Invalid("This field is required when auth is password.", field="password")


def _rename(mailbox: Mailbox, name: str) -> None:
    """The same mailbox somewhere else: what is put away there has been put away before."""
    if mailbox.name == name:
        return
    taken = db.session.scalar(sa.select(Mailbox.id).where(Mailbox.name == name))
    if taken is not None or name == name_in_settings():
        raise Conflict(f"There is another mailbox {name}.", field="username")
    mailbox.name = name
    _begin_anew(mailbox)


def _begin_anew(mailbox: Mailbox) -> None:
    """Take what is put away in this mailbox for somebody else's, until it has been looked at for the first time.

    Whoever is reading it at its former place loses the lease, and writes down nothing more. All is written outright:
    that process may have changed any of it since we read it.
    """
    db.session.flush()
    db.session.execute(sa.update(Mailbox).where(Mailbox.id == mailbox.id).values(UNKNOWN | {"created_at": now()}))
    db.session.refresh(mailbox)
    _try_again(mailbox)


def _try_again(mailbox: Mailbox) -> None:
    mailbox.failures, mailbox.next_at, mailbox.trouble = 0, None, None
    enqueue("mail.sync_mailbox", mailbox.id)


def _told(account: MailboxAccount) -> dict[str, Any]:
    """What may be told of an account, in events too."""
    return {
        "address": account.address,
        "server": account.server,
        "port": account.port,
        "encryption": account.encryption,
        "auth": account.auth,
        "username": account.username,
        "password": MASK if account.password else None,
        "paused": account.paused_at is not None,
    }

"""Access tokens for servers that want XOAUTH2 in place of a password."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.config import settings
from app.config.current import deployed
from app.extensions import Base, db
from app.mail.intake.accounts import Account
from app.mail.intake.token_endpoint import Granted, NoToken, ask
from app.transaction import reading, transaction

EARLY = timedelta(minutes=2)
SETTINGS = "settings"


class OAuthToken(Base):
    """The present access token for a client, and the refresh token that a provider gave in place of ours."""

    __tablename__ = "oauth_tokens"

    name: Mapped[str] = mapped_column(sa.String(320), primary_key=True)
    access_token: Mapped[str | None] = mapped_column(sa.Text)
    obtained_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    refresh_token: Mapped[str | None] = mapped_column(sa.Text)


@dataclass(frozen=True)
class Grant:
    """What entitles us to access tokens: whose it is, and the refresh token; none: the client signs in by itself."""

    owner: str
    refresh_token: str | None = field(repr=False)

    @property
    def name(self) -> str:
        """The name of its token, which is another one as soon as the operator changes anything about the grant."""
        known = settings()
        parts = [known.oauth_token_url, known.oauth_client_id, known.oauth_client_secret, known.oauth_scope]
        told = "\0".join(part or "" for part in (*parts, self.refresh_token))
        return f"{self.owner} {hmac.new(deployed().secret_key.encode(), told.encode(), hashlib.sha256).hexdigest()}"


def grant_in_settings() -> Grant:
    """The grant that the settings describe."""
    return Grant(SETTINGS, settings().oauth_refresh_token)


def grant_of(account: Account) -> Grant:
    """The grant of a mailbox: a refresh token of its own, or the one of the settings.

    The tokens of the settings are shown to the server of the settings alone. Raises NoToken for any other.
    """
    if account.password:
        return Grant(f"mailbox {account.mailbox_id}", account.password)
    known = settings()
    if (account.server, account.port, account.encryption) != (
        known.imap_server,
        known.imap_port,
        known.imap_encryption,
    ):
        raise NoToken(
            "This mailbox lies on another server than that of the settings: it needs a refresh token of its own."
        )
    return grant_in_settings()


def access_token(grant: Grant, *, refused: str | None = None) -> str:
    """A token that serves, from the provider if need be; never the one that was refused. Raises NoToken.

    To be called outside of a transaction.
    """
    present, refresh_token = _stored(grant, refused)
    if present:
        return present
    try:
        granted = ask(refresh_token)
    except NoToken:
        # Another process may have used the same refresh token a moment ago, and got what there was to get.
        present, _ = _stored(grant, refused)
        if present:
            return present
        raise
    with transaction():
        _keep(grant, granted)
    return granted.access_token


def _stored(grant: Grant, refused: str | None) -> tuple[str | None, str | None]:
    """The access token, if it still serves, and the refresh token."""
    with reading():
        row = token_of(grant)
        if row is None:
            return None, grant.refresh_token
        serves = row.access_token != refused and row.expires_at is not None and row.expires_at > now() + EARLY
        return row.access_token if serves else None, row.refresh_token or grant.refresh_token


def token_of(grant: Grant) -> OAuthToken | None:
    """What has been stored for this grant."""
    return db.session.get(OAuthToken, grant.name)


def _keep(grant: Grant, granted: Granted) -> None:
    """Store a token, and forget those of former grants of the same owner."""
    db.session.execute(
        sa.delete(OAuthToken).where(OAuthToken.name.startswith(f"{grant.owner} "), OAuthToken.name != grant.name)
    )
    row = token_of(grant) or OAuthToken(name=grant.name)
    row.access_token, row.obtained_at, row.expires_at = granted.access_token, now(), granted.expires_at
    row.refresh_token = granted.refresh_token or row.refresh_token
    db.session.add(row)

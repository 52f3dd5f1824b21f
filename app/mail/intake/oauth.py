"""Access tokens for servers that want XOAUTH2 in place of a password."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base


class OAuthToken(Base):
    """The present access token for a client, and the refresh token that a provider gave in place of ours."""

    __tablename__ = "oauth_tokens"

    name: Mapped[str] = mapped_column(sa.String(320), primary_key=True)
    access_token: Mapped[str | None] = mapped_column(sa.Text)
    obtained_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    refresh_token: Mapped[str | None] = mapped_column(sa.Text)

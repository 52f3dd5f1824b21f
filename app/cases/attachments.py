"""Files in posts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import now
from app.extensions import Base
from app.files.models import File


class Attachment(Base):
    """A file in a post. Its name is what the sender called it: metadata, never a path."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    post_id: Mapped[int] = mapped_column(sa.ForeignKey("posts.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("files.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(255))
    content_type: Mapped[str] = mapped_column(sa.String(255))
    content_id: Mapped[str | None] = mapped_column(sa.String(255))
    inline: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    file: Mapped[File] = relationship(lazy="joined", innerjoin=True)

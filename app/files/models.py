"""What is known about a stored content."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.extensions import Base


class File(Base):
    """A content, by its SHA-256. What it is called stands on each attachment.

    ``unused_at`` says since when it may be that nobody uses it.
    """

    __tablename__ = "files"
    __table_args__ = (
        sa.Index(
            "ix_files_unused_at_id",
            "unused_at",
            "id",
            sqlite_where=sa.text("unused_at IS NOT NULL"),
            postgresql_where=sa.text("unused_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    unused_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

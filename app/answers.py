"""The answers to requests that named an ``Idempotency-Key``, kept so that they can be given again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.database import insert_if_absent
from app.extensions import Base, db

KEPT_FOR = timedelta(days=7)
BATCH = 1000


class GivenAnswer(Base):
    """The answer to a request. Its ``digest``, which tells the request from others, is empty until it is given.

    Without ``status`` the answer was secret, and is not to be had again.
    """

    __tablename__ = "given_answers"
    __table_args__ = (sa.UniqueConstraint("api_key_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    api_key_id: Mapped[int] = mapped_column(sa.ForeignKey("api_keys.id"))
    key: Mapped[str] = mapped_column(sa.String(255))
    digest: Mapped[str] = mapped_column(sa.String(64))
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


def answer_to(api_key_id: int, key: str) -> GivenAnswer:
    """The row of this key, made if need be. Whoever else asks for it at this moment waits until we are done."""
    insert_if_absent(GivenAnswer, api_key_id=api_key_id, key=key, digest="", headers={}, created_at=now())
    query = sa.select(GivenAnswer).where(GivenAnswer.api_key_id == api_key_id, GivenAnswer.key == key)
    return db.session.scalars(query).one()


def answered(api_key_id: int, key: str) -> bool:
    """Whether a request with this key has been answered."""
    query = sa.select(GivenAnswer.id).where(GivenAnswer.api_key_id == api_key_id, GivenAnswer.key == key)
    return db.session.scalar(query.where(GivenAnswer.digest != "")) is not None


def forget_old_answers() -> int:
    """Forget answers that are older than a week, at most a batch. Says how many."""
    old = sa.select(GivenAnswer.id).where(GivenAnswer.created_at < now() - KEPT_FOR).limit(BATCH)
    gone = db.session.execute(sa.delete(GivenAnswer).where(GivenAnswer.id.in_(old)).returning(GivenAnswer.id))
    return len(gone.all())

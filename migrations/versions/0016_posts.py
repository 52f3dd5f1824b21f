"""Messages that wait for their time, looked up by it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0013"

WAITING = sa.text("send_at IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_posts_send_at_case_id",
        "posts",
        ["send_at", "case_id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_index("ix_posts_send_at_case_id", "posts")

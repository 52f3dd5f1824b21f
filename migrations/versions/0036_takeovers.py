"""What was taken over from other systems."""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "takeovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("position", sa.JSON(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeovers")),
        sa.UniqueConstraint("source", name=op.f("uq_takeovers_source")),
    )
    op.create_table(
        "taken_over",
        sa.Column("takeover_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("remote_id", sa.BigInteger(), nullable=False),
        sa.Column("local_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["takeover_id"], ["takeovers.id"], name=op.f("fk_taken_over_takeover_id")),
        sa.PrimaryKeyConstraint("takeover_id", "kind", "remote_id", name=op.f("pk_taken_over")),
    )


def downgrade() -> None:
    op.drop_table("taken_over")
    op.drop_table("takeovers")

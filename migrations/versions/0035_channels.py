"""Custom channels."""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0035"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("icon", sa.String(100), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=True),
        sa.Column("disabled_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], name=op.f("fk_channels_webhook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
        sa.UniqueConstraint("webhook_id", name=op.f("uq_channels_webhook_id")),
    )


def downgrade() -> None:
    op.drop_table("channels")

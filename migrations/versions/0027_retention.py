"""Of which mails only a few headers are kept, and which are still whole, from the oldest on."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

WHOLE = sa.text("dropped_at IS NULL")


def upgrade() -> None:
    op.add_column("inbound_emails", sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_inbound_emails_received_at_id_whole",
        "inbound_emails",
        ["received_at", "id"],
        sqlite_where=WHOLE,
        postgresql_where=WHOLE,
    )


def downgrade() -> None:
    op.drop_index("ix_inbound_emails_received_at_id_whole", "inbound_emails")
    op.drop_column("inbound_emails", "dropped_at")

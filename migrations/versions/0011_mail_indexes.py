"""Indexes for taking mail in and for cases that are put off, and the mails that a server shows and keeps to itself."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_index("ix_inbound_emails_mailbox_id_message_id", "inbound_emails", ["mailbox_id", "message_id"])
    op.create_index(
        "ix_cases_snoozed_until_id",
        "cases",
        ["snoozed_until", "id"],
        sqlite_where=sa.text("snoozed_until IS NOT NULL"),
        postgresql_where=sa.text("snoozed_until IS NOT NULL"),
    )
    op.add_column("mailboxes", sa.Column("processed_missed", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("mailboxes", "processed_missed")
    op.drop_index("ix_cases_snoozed_until_id", "cases")
    op.drop_index("ix_inbound_emails_mailbox_id_message_id", "inbound_emails")

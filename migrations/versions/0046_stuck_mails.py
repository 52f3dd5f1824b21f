"""Mails by what has become of them, the newest first: for the operator's list of those that did not arrive."""

from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    op.create_index("ix_outbound_emails_status_id", "outbound_emails", ["status", "id"])


def downgrade() -> None:
    op.drop_index("ix_outbound_emails_status_id", "outbound_emails")

"""Further mailboxes, signing in by OAuth 2, and what the comparison with the journal found."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "mailbox_accounts",
        sa.Column("mailbox_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("server", sa.String(253), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("encryption", sa.String(20), nullable=False),
        sa.Column("auth", sa.String(20), nullable=False),
        sa.Column("username", sa.String(320), nullable=False),
        sa.Column("password", sa.String(1000), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailboxes.id"], name=op.f("fk_mailbox_accounts_mailbox_id")),
        sa.PrimaryKeyConstraint("mailbox_id", name=op.f("pk_mailbox_accounts")),
    )
    op.create_table(
        "oauth_tokens",
        sa.Column("name", sa.String(320), nullable=False),
        sa.Column("access_token", sa.Text(), nullable=True),
        sa.Column("obtained_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refresh_token", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_oauth_tokens")),
    )
    op.add_column("mailboxes", sa.Column("holes", sa.Integer(), nullable=True))
    op.add_column("mailboxes", sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("mailboxes", "compared_at")
    op.drop_column("mailboxes", "holes")
    op.drop_table("oauth_tokens")
    op.drop_table("mailbox_accounts")

"""Texts that the team answers with again and again, and the signature of a member in chats."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "canned_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["persons.id"], name=op.f("fk_canned_answers_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_answers")),
        sa.UniqueConstraint("uuid", name=op.f("uq_canned_answers_uuid")),
    )
    op.create_index("ix_canned_answers_owner_id", "canned_answers", ["owner_id"])
    op.add_column("persons", sa.Column("chat_signature", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("persons", "chat_signature")
    op.drop_index("ix_canned_answers_owner_id", "canned_answers")
    op.drop_table("canned_answers")

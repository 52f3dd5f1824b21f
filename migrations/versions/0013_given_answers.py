"""The answers to requests that may be repeated."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "given_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("api_key_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["api_key_id"], ["api_keys.id"], name=op.f("fk_given_answers_api_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_answers")),
        sa.UniqueConstraint("api_key_id", "key", name=op.f("uq_given_answers_api_key_id_key")),
    )
    op.create_index(op.f("ix_given_answers_created_at"), "given_answers", ["created_at"])


def downgrade() -> None:
    op.drop_table("given_answers")

"""Signing in of the team by a mailed link, and the sessions that begin with it."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("uuid", sa.Uuid, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("client", sa.String(60), nullable=False),
        sa.Column("way_back", sa.String(500), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_sign_ins_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
        sa.UniqueConstraint("uuid", name="uq_sign_ins_uuid"),
        sa.UniqueConstraint("digest", name="uq_sign_ins_digest"),
    )
    op.create_index("ix_sign_ins_address_created_at", "sign_ins", ["address", "created_at"])
    op.create_index("ix_sign_ins_client_created_at", "sign_ins", ["client", "created_at"])
    op.create_index("ix_sign_ins_person_id", "sign_ins", ["person_id"])
    op.create_index("ix_sign_ins_answered_at", "sign_ins", ["answered_at"])
    op.create_index("ix_sign_ins_created_at", "sign_ins", ["created_at"])
    op.create_table(
        "team_sessions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("uuid", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("browser", sa.String(300), nullable=False),
        sa.Column("ip_address", sa.String(45), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_team_sessions_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_team_sessions"),
        sa.UniqueConstraint("uuid", name="uq_team_sessions_uuid"),
        sa.UniqueConstraint("digest", name="uq_team_sessions_digest"),
    )
    op.create_index("ix_team_sessions_person_id", "team_sessions", ["person_id"])
    op.create_index("ix_team_sessions_last_used_at", "team_sessions", ["last_used_at"])


def downgrade() -> None:
    op.drop_table("team_sessions")
    op.drop_table("sign_ins")

"""Ideas, and what they are sorted into."""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "idea_categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("disabled_at", UTCDateTime(), nullable=True),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_idea_categories_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_categories")),
        sa.UniqueConstraint("title", name=op.f("uq_idea_categories_title")),
    )
    op.create_index("ix_idea_categories_team_id", "idea_categories", ["team_id"])
    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("responded_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ideas_case_id")),
        sa.ForeignKeyConstraint(["category_id"], ["idea_categories.id"], name=op.f("fk_ideas_category_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
        sa.UniqueConstraint("case_id", name=op.f("uq_ideas_case_id")),
    )
    op.create_index("ix_ideas_category_id", "ideas", ["category_id"])


def downgrade() -> None:
    op.drop_table("ideas")
    op.drop_table("idea_categories")

"""Messages that wait for their time, one rating of each thing by each person, and links between cases."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

WAITING = sa.text("send_at IS NOT NULL")
OF_CASES, OF_MESSAGES = sa.text("post_id IS NULL"), sa.text("post_id IS NOT NULL")


def upgrade() -> None:
    _index("ix_posts_send_at_case_id", "posts", ["send_at", "case_id"], WAITING)
    _index("ix_ratings_case_id_person_id", "ratings", ["case_id", "person_id"], OF_CASES, unique=True)
    _index("ix_ratings_post_id_person_id", "ratings", ["post_id", "person_id"], OF_MESSAGES, unique=True)
    op.create_table(
        "case_links",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_links_case_id")),
        sa.ForeignKeyConstraint(["other_id"], ["cases.id"], name=op.f("fk_case_links_other_id")),
        sa.PrimaryKeyConstraint("case_id", "other_id", name=op.f("pk_case_links")),
    )
    op.create_index(op.f("ix_case_links_other_id"), "case_links", ["other_id"])


def _index(name: str, table: str, columns: list[str], which: sa.TextClause, *, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=which, postgresql_where=which)


def downgrade() -> None:
    op.drop_table("case_links")
    op.drop_index("ix_ratings_post_id_person_id", "ratings")
    op.drop_index("ix_ratings_case_id_person_id", "ratings")
    op.drop_index("ix_posts_send_at_case_id", "posts")

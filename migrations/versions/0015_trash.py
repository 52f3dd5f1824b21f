"""What is in the trash, when it is to be emptied, and which contents may have lost their last use."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "trash_emptyings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_trash_emptyings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trash_emptyings")),
    )
    op.create_index(
        "ix_trash_emptyings_id_undone",
        "trash_emptyings",
        ["id"],
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "ix_cases_trashed_at_id",
        "cases",
        ["trashed_at", "id"],
        sqlite_where=sa.text("trashed_at IS NOT NULL"),
        postgresql_where=sa.text("trashed_at IS NOT NULL"),
    )
    op.add_column("files", sa.Column("unused_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_files_unused_at_id",
        "files",
        ["unused_at", "id"],
        sqlite_where=sa.text("unused_at IS NOT NULL"),
        postgresql_where=sa.text("unused_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_files_unused_at_id", "files")
    op.drop_column("files", "unused_at")
    op.drop_index("ix_cases_trashed_at_id", "cases")
    op.drop_table("trash_emptyings")

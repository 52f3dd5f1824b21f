"""Contents that long work needs until it ends."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "held_files",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["bulk_jobs.id"], name=op.f("fk_held_files_job_id")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_held_files_file_id")),
        sa.PrimaryKeyConstraint("job_id", "file_id", name=op.f("pk_held_files")),
    )
    op.create_index("ix_held_files_file_id", "held_files", ["file_id"])


def downgrade() -> None:
    op.drop_table("held_files")

"""Long work beside rows: where it is, what it came to, the file it made, and the key that ordered it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    with op.batch_alter_table("bulk_jobs") as jobs:
        jobs.add_column(sa.Column("state", sa.JSON(), nullable=False, server_default="{}"))
        jobs.add_column(sa.Column("receipt", sa.JSON(), nullable=True))
        jobs.add_column(sa.Column("error", sa.JSON(), nullable=True))
        jobs.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        jobs.add_column(sa.Column("file_name", sa.String(200), nullable=True))
        jobs.add_column(sa.Column("file_type", sa.String(100), nullable=True))
        jobs.add_column(sa.Column("api_key_id", sa.Integer(), nullable=True))
        jobs.add_column(sa.Column("ip_address", sa.String(45), nullable=True))
        jobs.create_foreign_key(op.f("fk_bulk_jobs_file_id"), "files", ["file_id"], ["id"])
        jobs.create_foreign_key(op.f("fk_bulk_jobs_api_key_id"), "api_keys", ["api_key_id"], ["id"])
        jobs.create_index("ix_bulk_jobs_file_id", ["file_id"])
        jobs.create_index("ix_bulk_jobs_finished_at_id", ["finished_at", "id"])
        jobs.alter_column("state", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("bulk_jobs") as jobs:
        jobs.drop_index("ix_bulk_jobs_finished_at_id")
        jobs.drop_index("ix_bulk_jobs_file_id")
        jobs.drop_constraint(op.f("fk_bulk_jobs_api_key_id"), type_="foreignkey")
        jobs.drop_constraint(op.f("fk_bulk_jobs_file_id"), type_="foreignkey")
        for name in ("ip_address", "api_key_id", "file_type", "file_name", "file_id", "error", "receipt", "state"):
            jobs.drop_column(name)

"""How far a post has got, who has read how far, files that came before their post, and what pictures are like."""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0040"
down_revision = "0039"

POSTS = ("client_id", "source", "details", "arrived_at", "seen_at")


def upgrade() -> None:
    op.add_column("posts", sa.Column("client_id", sa.String(200), nullable=True))
    op.add_column("posts", sa.Column("source", sa.String(20), nullable=True))
    op.add_column("posts", sa.Column("details", sa.JSON(), nullable=True))
    op.add_column("posts", sa.Column("arrived_at", UTCDateTime(), nullable=True))
    op.add_column("posts", sa.Column("seen_at", UTCDateTime(), nullable=True))
    op.add_column("outbound_emails", sa.Column("rejected_at", UTCDateTime(), nullable=True))
    _read_markers()
    _uploads()
    _pictures()


def _read_markers() -> None:
    op.create_table(
        "read_markers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("read_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_read_markers_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_read_markers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_markers")),
        sa.UniqueConstraint("case_id", "person_id", name=op.f("uq_read_markers_case_id_person_id")),
    )
    op.create_index("ix_read_markers_person_id", "read_markers", ["person_id"])


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("content_type", sa.String(255), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_uploads_person_id")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_uploads_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sqlite_autoincrement=True,
    )
    for name, columns in (
        ("ix_uploads_person_id_id", ["person_id", "id"]),
        ("ix_uploads_file_id", ["file_id"]),
        ("ix_uploads_created_at_id", ["created_at", "id"]),
    ):
        op.create_index(name, "uploads", columns)


def _pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("thumbnail_id", sa.Integer(), nullable=True),
        sa.Column("thumbnail_width", sa.Integer(), nullable=True),
        sa.Column("thumbnail_height", sa.Integer(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_pictures_file_id")),
        sa.ForeignKeyConstraint(["thumbnail_id"], ["files.id"], name=op.f("fk_pictures_thumbnail_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_pictures")),
    )
    op.create_index("ix_pictures_thumbnail_id", "pictures", ["thumbnail_id"])
    op.create_index(
        "ix_pictures_due_at_file_id",
        "pictures",
        ["due_at", "file_id"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )


def downgrade() -> None:
    for table in ("pictures", "uploads", "read_markers"):
        op.drop_table(table)
    op.drop_column("outbound_emails", "rejected_at")
    for name in reversed(POSTS):
        op.drop_column("posts", name)

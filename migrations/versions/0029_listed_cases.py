"""Cases in the order of how far they have got, and indexes from which a list is counted, and its pages found, alone.

Whether a case is shown in a list is read beside what it is sorted by. What lists are narrowed by most stands beside the
time of the last change, by which lists are sorted unless somebody asks otherwise.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

RANK = (
    "CASE status WHEN 'new' THEN 0 WHEN 'open' THEN 1 WHEN 'waiting' THEN 2 WHEN 'resolved' THEN 3"
    " WHEN 'closed' THEN 4 END"
)
SHOWN_BY = ("confirmed_at", "spam_at", "trashed_at", "merged_into_id")
COUNTED_BY = (
    "status",
    "priority",
    "channel",
    "creator_id",
    "requester_id",
    "assignee_id",
    "team_id",
    "organization_id",
    "created_at",
)
BESIDE = {"created_at": (), "updated_at": COUNTED_BY, "last_post_at": (), "priority_rank": ()}
MERGED = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    kept = "VIRTUAL" if op.get_bind().dialect.name == "sqlite" else "STORED"
    op.execute(f"ALTER TABLE cases ADD COLUMN status_rank INTEGER GENERATED ALWAYS AS ({RANK}) {kept}")
    op.create_index("ix_cases_status_rank_id", "cases", ["status_rank", "id", *SHOWN_BY])
    for name, beside in BESIDE.items():
        op.drop_index(f"ix_cases_{name}_id", "cases")
        op.create_index(f"ix_cases_{name}_id", "cases", [name, "id", *SHOWN_BY, *beside])
    op.create_index("ix_cases_channel_created_at_id", "cases", ["channel", "created_at", "id"])
    # Most cases are not merged, and none of these is ever looked for there.
    op.drop_index("ix_cases_merged_into_id", "cases")
    op.create_index(
        "ix_cases_merged_into_id", "cases", ["merged_into_id"], sqlite_where=MERGED, postgresql_where=MERGED
    )


def downgrade() -> None:
    op.drop_index("ix_cases_merged_into_id", "cases")
    op.create_index("ix_cases_merged_into_id", "cases", ["merged_into_id"])
    op.drop_index("ix_cases_channel_created_at_id", "cases")
    for name in BESIDE:
        op.drop_index(f"ix_cases_{name}_id", "cases")
        op.create_index(f"ix_cases_{name}_id", "cases", [name, "id"])
    op.drop_index("ix_cases_status_rank_id", "cases")
    op.drop_column("cases", "status_rank")

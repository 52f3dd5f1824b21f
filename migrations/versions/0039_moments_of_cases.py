"""When what happened to a case last, and by whom.

What is found at once of cases that are there is filled in: who answered last and when, when it was given to somebody
and when it was closed.
"""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0039"
down_revision = "0038"

MOMENTS = (
    "last_replied_at",
    "last_reply_by_agent_at",
    "last_reply_by_requester_at",
    "last_agent_activity_at",
    "last_customer_activity_at",
    "agent_updated_at",
    "latest_assignee_update_at",
    "last_assigned_at",
    "last_opened_at",
    "last_pending_at",
    "last_completed_at",
    "last_closed_at",
)
PERSONS = (
    "last_replier_id",
    "last_updated_by_id",
    "last_assigned_by_id",
    "last_completed_by_id",
    "last_closed_by_id",
)
POST = (
    "(SELECT {} FROM posts WHERE posts.case_id = cases.id AND kind = 'message' AND deleted_at IS NULL"
    " AND send_at IS NULL ORDER BY id DESC LIMIT 1)"
)
EVENT = (
    "(SELECT {} FROM events WHERE events.case_id = cases.id AND name IN ('case_assigned', 'team_assigned')"
    " ORDER BY sequence DESC LIMIT 1)"
)
KNOWN = {
    "last_replied_at": POST.format("created_at"),
    "last_replier_id": POST.format("author_id"),
    "last_assigned_at": EVENT.format("created_at"),
    "last_assigned_by_id": EVENT.format("actor_id"),
    "last_agent_activity_at": "last_team_post_at",
    "last_customer_activity_at": "last_customer_post_at",
    "last_closed_at": "closed_at",
}
FILL = "UPDATE cases SET " + ", ".join(f"{name} = {known}" for name, known in KNOWN.items())


def upgrade() -> None:
    for name in MOMENTS:
        op.add_column("cases", sa.Column(name, UTCDateTime(), nullable=True))
    for name in PERSONS:
        op.add_column("cases", sa.Column(name, sa.Integer(), nullable=True))
    op.execute(FILL)


def downgrade() -> None:
    for name in (*MOMENTS, *PERSONS):
        op.drop_column("cases", name)

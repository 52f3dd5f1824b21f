"""When the sessions of a key were ended."""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0038"
down_revision = "0036"


def upgrade() -> None:
    with op.batch_alter_table("api_keys") as table:
        table.add_column(sa.Column("sessions_ended_at", UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("api_keys") as table:
        table.drop_column("sessions_ended_at")

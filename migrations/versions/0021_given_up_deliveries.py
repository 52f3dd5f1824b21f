"""Deliveries to webhooks that were given up are settled, so that they stand in no index of what is still to be done."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

INDEXES = {
    "ix_webhook_deliveries_undelivered_webhook_id_id": ["webhook_id", "id"],
    "ix_webhook_deliveries_undelivered_webhook_id_case_id_id": ["webhook_id", "case_id", "id"],
}


def upgrade() -> None:
    _index_those("status IN ('waiting', 'sending')")


def downgrade() -> None:
    _index_those("status <> 'delivered'")


def _index_those(condition: str) -> None:
    for name, columns in INDEXES.items():
        op.drop_index(name, "webhook_deliveries")
        which = sa.text(condition)
        op.create_index(name, "webhook_deliveries", columns, sqlite_where=which, postgresql_where=which)

"""Which browser asked to sign in: a link opens nothing in another. Links asked for before are asked for anew."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    op.add_column("sign_ins", sa.Column("asked_with", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("sign_ins", "asked_with")

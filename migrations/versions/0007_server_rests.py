"""Until when the sending server is left alone."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "server_rests",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trouble", sa.String(1000), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_server_rests")),
    )


def downgrade() -> None:
    op.drop_table("server_rests")

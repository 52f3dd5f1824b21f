"""Under which name customers see somebody of the team, and which mails he does not want; at first all want all."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    op.add_column("persons", sa.Column("alias", sa.String(200), nullable=False, server_default=""))
    op.add_column("persons", sa.Column("unwanted_mails", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("persons", "unwanted_mails")
    op.drop_column("persons", "alias")

"""Who a received mail is from, mails of ours that belong to no message, and how a delivery ended."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("inbound_emails", sa.Column("sender", sa.String(320), nullable=True))
    op.add_column("inbound_emails", sa.Column("sender_name", sa.String(200), nullable=True))
    op.add_column("inbound_emails", sa.Column("subject", sa.String(500), nullable=True))
    op.create_index("ix_inbound_emails_sender_received_at", "inbound_emails", ["sender", "received_at"])

    with op.batch_alter_table("outbound_emails") as table:
        table.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
        table.alter_column("post_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("inbound_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("details", sa.JSON(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("rejection", sa.String(20), nullable=True))
        table.add_column(sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(op.f("fk_outbound_emails_inbound_id"), "inbound_emails", ["inbound_id"], ["id"])
        table.create_unique_constraint(
            op.f("uq_outbound_emails_inbound_id_person_id_purpose"), ["inbound_id", "person_id", "purpose"]
        )


def downgrade() -> None:
    with op.batch_alter_table("outbound_emails") as table:
        table.drop_constraint(op.f("uq_outbound_emails_inbound_id_person_id_purpose"), type_="unique")
        table.drop_constraint(op.f("fk_outbound_emails_inbound_id"), type_="foreignkey")
        table.drop_column("delivered_at")
        table.drop_column("rejection")
        table.drop_column("details")
        table.drop_column("inbound_id")
        table.alter_column("post_id", existing_type=sa.Integer(), nullable=False)
        table.alter_column("case_id", existing_type=sa.Integer(), nullable=False)
    op.drop_index("ix_inbound_emails_sender_received_at", "inbound_emails")
    op.drop_column("inbound_emails", "subject")
    op.drop_column("inbound_emails", "sender_name")
    op.drop_column("inbound_emails", "sender")

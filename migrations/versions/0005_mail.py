"""The ledgers of mail, in and out, and the sandbox."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(320), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("processed_validity", sa.BigInteger(), nullable=True),
        sa.Column("processed_uid", sa.BigInteger(), nullable=False),
        sa.Column("lease_owner", sa.String(80), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deciding_owner", sa.String(80), nullable=True),
        sa.Column("deciding_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(500), nullable=True),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailboxes")),
        sa.UniqueConstraint("name", name=op.f("uq_mailboxes_name")),
        sa.UniqueConstraint("uuid", name=op.f("uq_mailboxes_uuid")),
    )

    op.create_table(
        "raw_emails",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_raw_emails")),
    )

    op.create_table(
        "inbound_emails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("mailbox_id", sa.Integer(), nullable=False),
        sa.Column("folder", sa.String(200), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(998), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.Column("robot", sa.Boolean(), nullable=False),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_inbound_emails_case_id")),
        sa.ForeignKeyConstraint(["mailbox_id"], ["mailboxes.id"], name=op.f("fk_inbound_emails_mailbox_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_inbound_emails_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_inbound_emails_post_id")),
        sa.ForeignKeyConstraint(["sha256"], ["raw_emails.sha256"], name=op.f("fk_inbound_emails_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_emails")),
        sa.UniqueConstraint(
            "mailbox_id",
            "folder",
            "uid_validity",
            "uid",
            "generation",
            name=op.f("uq_inbound_emails_mailbox_id_folder_uid_validity_uid_generation"),
        ),
        sa.UniqueConstraint("post_id", name=op.f("uq_inbound_emails_post_id")),
        sa.UniqueConstraint("uuid", name=op.f("uq_inbound_emails_uuid")),
    )
    op.create_index("ix_inbound_emails_case_id", "inbound_emails", ["case_id"])
    op.create_index("ix_inbound_emails_mailbox_id_outcome_id", "inbound_emails", ["mailbox_id", "outcome", "id"])
    op.create_index("ix_inbound_emails_message_id", "inbound_emails", ["message_id"])
    op.create_index("ix_inbound_emails_outcome_id", "inbound_emails", ["outcome", "id"])
    op.create_index("ix_inbound_emails_sha256", "inbound_emails", ["sha256"])

    op.create_table(
        "outbound_emails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("message_id", sa.String(250), nullable=False),
        sa.Column("relay_message_id", sa.String(998), nullable=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paced_as", sa.String(340), nullable=True),
        sa.Column("paced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(80), nullable=True),
        sa.Column("answer", sa.String(1000), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outbound_emails_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_outbound_emails_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_outbound_emails_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbound_emails")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbound_emails_message_id")),
        sa.UniqueConstraint(
            "post_id", "person_id", "purpose", name=op.f("uq_outbound_emails_post_id_person_id_purpose")
        ),
        sa.UniqueConstraint("uuid", name=op.f("uq_outbound_emails_uuid")),
    )
    op.create_index("ix_outbound_emails_address", "outbound_emails", ["address"])
    op.create_index("ix_outbound_emails_case_id_person_id", "outbound_emails", ["case_id", "person_id"])
    op.create_index("ix_outbound_emails_created_at", "outbound_emails", ["created_at"])
    op.create_index("ix_outbound_emails_paced_as_paced_at", "outbound_emails", ["paced_as", "paced_at"])
    op.create_index("ix_outbound_emails_relay_message_id", "outbound_emails", ["relay_message_id"])
    op.create_index("ix_outbound_emails_status_next_at", "outbound_emails", ["status", "next_at"])

    op.create_table(
        "sandbox_emails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("message_id", sa.String(250), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sandbox_emails")),
        sa.UniqueConstraint("message_id", name=op.f("uq_sandbox_emails_message_id")),
    )
    op.create_index("ix_sandbox_emails_address", "sandbox_emails", ["address"])


def downgrade() -> None:
    op.drop_table("sandbox_emails")
    op.drop_table("outbound_emails")
    op.drop_table("inbound_emails")
    op.drop_table("raw_emails")
    op.drop_table("mailboxes")

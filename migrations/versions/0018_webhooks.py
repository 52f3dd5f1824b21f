"""Which numbers of events are still out, and webhooks: endpoints and what was delivered to each."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

# Before its first number a transaction says by a lock that lasts until its end above which number its own will be: so a
# reader knows which numbers are still out. (17217 keeps these locks apart from others.)
NUMBERED = """
CREATE FUNCTION number_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('casey.numbering', true), '') = '' THEN
        PERFORM pg_advisory_xact_lock_shared((17217::bigint << 48) | (last_value - (NOT is_called)::int))
        FROM events_sequence_seq;
        PERFORM set_config('casey.numbering', 'on', true);
    END IF;
    NEW.sequence := nextval('events_sequence_seq');
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(NUMBERED)
        op.execute("ALTER TABLE events ALTER COLUMN sequence DROP DEFAULT")
        op.execute("CREATE TRIGGER number_event BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION number_event()")
    op.drop_column("events", "transaction_id")
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("description", sa.String(500), nullable=False),
        sa.Column("secret_number", sa.Integer(), nullable=False),
        sa.Column("former_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_reason", sa.String(500), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
        sa.UniqueConstraint("uuid", name=op.f("uq_webhooks_uuid")),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("event_sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status_code", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(500), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_webhook_deliveries_case_id")),
        sa.ForeignKeyConstraint(
            ["event_sequence"], ["events.sequence"], name=op.f("fk_webhook_deliveries_event_sequence")
        ),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], name=op.f("fk_webhook_deliveries_webhook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_deliveries")),
        sa.UniqueConstraint("uuid", name=op.f("uq_webhook_deliveries_uuid")),
        sa.UniqueConstraint(
            "webhook_id", "event_sequence", name=op.f("uq_webhook_deliveries_webhook_id_event_sequence")
        ),
    )
    op.create_index("ix_webhook_deliveries_webhook_id_id", "webhook_deliveries", ["webhook_id", "id"])
    op.create_index("ix_webhook_deliveries_created_at", "webhook_deliveries", ["created_at"])
    undelivered = sa.text("status <> 'delivered'")
    for columns in (["webhook_id", "id"], ["webhook_id", "case_id", "id"]):
        op.create_index(
            f"ix_webhook_deliveries_undelivered_{'_'.join(columns)}",
            "webhook_deliveries",
            columns,
            sqlite_where=undelivered,
            postgresql_where=undelivered,
        )


def downgrade() -> None:
    op.drop_table("webhook_deliveries")
    op.drop_table("webhooks")
    op.add_column("events", sa.Column("transaction_id", sa.BigInteger(), nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER number_event ON events")
        op.execute("DROP FUNCTION number_event")
        op.execute("ALTER TABLE events ALTER COLUMN sequence SET DEFAULT nextval('events_sequence_seq')")

"""Service levels: business hours, policies with their versions and targets, and how each case keeps to them."""

import sqlalchemy as sa
from alembic import op

from app.extensions import UTCDateTime

revision = "0037"
down_revision = "0036"

RUNNING = sa.text("running_since IS NOT NULL AND breached_at IS NULL")
DEFAULT = sa.text("is_default")
REFERENCES = {"cases": ("sla_version_id", "sla_versions"), "teams": ("business_hours_id", "business_hours")}


def upgrade() -> None:
    _create_business_hours()
    _create_policies()
    _create_metrics()
    for table, (column, other) in REFERENCES.items():
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT fk_{table}_{column} REFERENCES {other} (id)"
        )
    op.add_column("custom_statuses", sa.Column("sla_active", sa.Boolean(), nullable=False, server_default=sa.true()))


def _create_business_hours() -> None:
    op.create_table(
        "business_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("time_zone", sa.String(60), nullable=True),
        sa.Column("week", sa.JSON(), nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_hours")),
        sa.UniqueConstraint("uuid", name=op.f("uq_business_hours_uuid")),
    )
    op.create_index(
        "ix_business_hours_is_default",
        "business_hours",
        ["is_default"],
        unique=True,
        sqlite_where=DEFAULT,
        postgresql_where=DEFAULT,
    )


def _create_policies() -> None:
    op.create_table(
        "sla_policies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_policies")),
        sa.UniqueConstraint("uuid", name=op.f("uq_sla_policies_uuid")),
    )
    op.create_table(
        "sla_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["policy_id"], ["sla_policies.id"], name=op.f("fk_sla_versions_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_versions")),
        sa.UniqueConstraint("policy_id", "number", name=op.f("uq_sla_versions_policy_id")),
    )
    op.create_table(
        "sla_targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(20), nullable=False),
        sa.Column("priority", sa.String(20), nullable=True),
        sa.Column("goal", sa.Integer(), nullable=False),
        sa.Column("hours", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["sla_versions.id"], name=op.f("fk_sla_targets_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_targets")),
    )
    op.create_index("ix_sla_targets_version_id", "sla_targets", ["version_id"])


def _create_metrics() -> None:
    op.create_table(
        "sla_metrics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(20), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("running_since", UTCDateTime(), nullable=True),
        sa.Column("used", sa.Float(), nullable=False),
        sa.Column("paused_at", UTCDateTime(), nullable=True),
        sa.Column("completed_at", UTCDateTime(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("breached_at", UTCDateTime(), nullable=True),
        sa.Column("cut_off", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sla_metrics_case_id")),
        sa.ForeignKeyConstraint(["target_id"], ["sla_targets.id"], name=op.f("fk_sla_metrics_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_metrics")),
        sa.UniqueConstraint("case_id", "metric", name=op.f("uq_sla_metrics_case_id")),
    )
    op.create_index(
        "ix_sla_metrics_due_at_id", "sla_metrics", ["due_at", "id"], sqlite_where=RUNNING, postgresql_where=RUNNING
    )


def downgrade() -> None:
    op.drop_column("custom_statuses", "sla_active")
    for table, (column, _) in REFERENCES.items():
        op.drop_column(table, column)
    for table in ("sla_metrics", "sla_targets", "sla_versions", "sla_policies", "business_hours"):
        op.drop_table(table)

"""Custom fields of cases, persons and organizations."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "custom_fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("pattern", sa.String(500), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("visible_to_customers", sa.Boolean(), nullable=False),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_fields")),
        sa.UniqueConstraint("level", "key", name=op.f("uq_custom_fields_level_key")),
    )

    op.create_table(
        "custom_field_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["field_id"], ["custom_fields.id"], name=op.f("fk_custom_field_options_field_id")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["custom_field_options.id"], name=op.f("fk_custom_field_options_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_field_options")),
        sa.UniqueConstraint("field_id", "key", name=op.f("uq_custom_field_options_field_id_key")),
    )

    op.create_table(
        "custom_field_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["field_id"], ["custom_fields.id"], name=op.f("fk_custom_field_values_field_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_field_values")),
        sa.UniqueConstraint("field_id", "owner_id", name=op.f("uq_custom_field_values_field_id_owner_id")),
    )
    op.create_index("ix_custom_field_values_field_id_text", "custom_field_values", ["field_id", "text"])


def downgrade() -> None:
    op.drop_table("custom_field_values")
    op.drop_table("custom_field_options")
    op.drop_table("custom_fields")

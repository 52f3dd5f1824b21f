"""Forms of cases, and the words that are said of their kind."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

# Written out, since SQLite takes a foreign key only with its column.
FORM = "ALTER TABLE cases ADD COLUMN form_id INTEGER CONSTRAINT fk_cases_form_id REFERENCES case_forms (id)"
EVERYWHERE = ("question", "task", "problem", "incident")


def upgrade() -> None:
    op.create_table(
        "case_forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("visible_to_customers", sa.Boolean(), nullable=False),
        sa.Column("default", sa.Boolean(), nullable=False),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_forms")),
        sa.UniqueConstraint("title", name=op.f("uq_case_forms_title")),
    )
    op.create_table(
        "case_form_fields",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["case_forms.id"], name=op.f("fk_case_form_fields_form_id")),
        sa.ForeignKeyConstraint(["field_id"], ["custom_fields.id"], name=op.f("fk_case_form_fields_field_id")),
        sa.PrimaryKeyConstraint("form_id", "field_id", name=op.f("pk_case_form_fields")),
    )
    op.execute(FORM)
    types = op.create_table(
        "case_types",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_types")),
        sa.UniqueConstraint("word", name=op.f("uq_case_types_word")),
    )
    present = datetime.now(UTC)
    op.bulk_insert(types, [{"word": one, "created_at": present} for one in EVERYWHERE])
    said = sa.table("cases", sa.column("type", sa.String))
    words = sa.select(said.c.type, sa.literal(present, sa.DateTime(timezone=True))).where(
        said.c.type.is_not(None), said.c.type.not_in(EVERYWHERE)
    )
    op.execute(types.insert().from_select(["word", "created_at"], words.distinct()))


def downgrade() -> None:
    op.drop_table("case_types")
    op.drop_column("cases", "form_id")
    op.drop_table("case_form_fields")
    op.drop_table("case_forms")

"""A number for each domain of an organization, by which dialects name it."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"

TABLE, FORMER = "organization_domains", "former_organization_domains"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("pk_organization_domains", TABLE)
        op.execute(f"ALTER TABLE {TABLE} ADD COLUMN id SERIAL CONSTRAINT pk_organization_domains PRIMARY KEY")
        op.create_unique_constraint("uq_organization_domains_organization_id", TABLE, ["organization_id", "domain"])
        return
    _make_anew(
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_domains")),
        sa.UniqueConstraint("organization_id", "domain", name=op.f("uq_organization_domains_organization_id")),
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("uq_organization_domains_organization_id", TABLE)
        op.drop_column(TABLE, "id")
        op.create_primary_key("pk_organization_domains", TABLE, ["organization_id", "domain"])
        return
    _make_anew(sa.PrimaryKeyConstraint("organization_id", "domain", name=op.f("pk_organization_domains")))


def _make_anew(*key: sa.schema.SchemaItem) -> None:
    """The same table with another key. SQLite cannot change the one that a table has."""
    op.drop_index("ix_organization_domains_domain", TABLE)
    op.rename_table(TABLE, FORMER)
    op.create_table(
        TABLE,
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(255), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_organization_domains_organization_id")
        ),
        *key,
    )
    op.execute(f"INSERT INTO {TABLE} (organization_id, domain) SELECT organization_id, domain FROM {FORMER}")
    op.drop_table(FORMER)
    op.create_index("ix_organization_domains_domain", TABLE, ["domain"])

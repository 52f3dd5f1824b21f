"""A number for each domain of an organization, by which dialects name it; and the pieces of the names of persons, by
which these are found, kept as those of addresses are (see 0028).
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"

TABLE, FORMER = "organization_domains", "former_organization_domains"
KEPT = "name_fragments"
REMEMBER = f"INSERT INTO {KEPT} (rowid, text) VALUES (new.id, char(2) || new.name || char(3));"
FORGET = f"INSERT INTO {KEPT} ({KEPT}, rowid, text) VALUES ('delete', old.id, char(2) || old.name || char(3));"
PIECES = (
    f"CREATE VIRTUAL TABLE {KEPT} USING fts5(text, content = '', columnsize = 0, tokenize = 'trigram')",
    f"INSERT INTO {KEPT} (rowid, text) SELECT id, char(2) || name || char(3) FROM persons",
    f"CREATE TRIGGER {KEPT}_added AFTER INSERT ON persons BEGIN {REMEMBER} END",
    (
        f"CREATE TRIGGER {KEPT}_changed AFTER UPDATE OF name ON persons WHEN new.name <> old.name"
        f" BEGIN {FORGET} {REMEMBER} END"
    ),
    f"CREATE TRIGGER {KEPT}_removed AFTER DELETE ON persons BEGIN {FORGET} END",
)


def upgrade() -> None:
    _number_domains()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_persons_name_fragments ON persons USING gin (name gin_trgm_ops)")
        return
    for statement in PIECES:
        op.execute(statement)


def _number_domains() -> None:
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
        op.execute("DROP INDEX ix_persons_name_fragments")
    else:
        for what in ("added", "changed", "removed"):
            op.execute(f"DROP TRIGGER {KEPT}_{what}")
        op.execute(f"DROP TABLE {KEPT}")
    _name_domains_alone()


def _name_domains_alone() -> None:
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

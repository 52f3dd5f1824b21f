"""Merged persons, identities by UUID, domains of organizations, scopes of keys, and where an event came from."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

BATCH = 1000
# Written out, since SQLite takes a foreign key only with its column.
MERGED_INTO = (
    "ALTER TABLE persons ADD COLUMN merged_into_id INTEGER CONSTRAINT fk_persons_merged_into_id REFERENCES persons (id)"
)
BY_KEY = "ALTER TABLE events ADD COLUMN api_key_id INTEGER CONSTRAINT fk_events_api_key_id REFERENCES api_keys (id)"
SEARCHED = (
    ("inbound_emails", "person_id"),
    ("outbound_emails", "person_id"),
    ("proposals", "proposed_by_id"),
    ("ratings", "person_id"),
    ("ratings", "rated_id"),
    ("custom_field_values", "owner_id"),
)


def upgrade() -> None:
    op.execute(MERGED_INTO)
    op.create_index("ix_persons_merged_into_id", "persons", ["merged_into_id"])
    op.execute(BY_KEY)
    op.add_column("events", sa.Column("ip_address", sa.String(45), nullable=True))
    op.add_column("api_keys", sa.Column("scopes", sa.JSON(), nullable=True))
    _name_identities()
    _keep_domains_apart()
    for table, column in SEARCHED:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _name_identities() -> None:
    op.add_column("identities", sa.Column("uuid", sa.Uuid(), nullable=True))
    _give_uuids()
    with op.batch_alter_table("identities") as identities:
        identities.alter_column("uuid", existing_type=sa.Uuid(), nullable=False)
        identities.create_unique_constraint(op.f("uq_identities_uuid"), ["uuid"])


def _give_uuids() -> None:
    rows = sa.table("identities", sa.column("id", sa.Integer), sa.column("uuid", sa.Uuid))
    nameless = sa.select(rows.c.id).where(rows.c.uuid.is_(None)).limit(BATCH)
    given = sa.update(rows).where(rows.c.id == sa.bindparam("row")).values(uuid=sa.bindparam("name"))
    while ids := op.get_bind().scalars(nameless).all():
        op.get_bind().execute(given, [{"row": id, "name": uuid4()} for id in ids])


def _keep_domains_apart() -> None:
    op.create_table(
        "organization_domains",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(255), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_organization_domains_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "domain", name=op.f("pk_organization_domains")),
    )
    op.create_index("ix_organization_domains_domain", "organization_domains", ["domain"])
    op.drop_column("organizations", "domains")


def downgrade() -> None:
    for table, column in SEARCHED:
        op.drop_index(f"ix_{table}_{column}", table)
    op.add_column("organizations", sa.Column("domains", sa.JSON(), nullable=False, server_default="[]"))
    op.drop_table("organization_domains")
    with op.batch_alter_table("identities") as identities:
        identities.drop_constraint(op.f("uq_identities_uuid"), type_="unique")
        identities.drop_column("uuid")
    op.drop_column("api_keys", "scopes")
    op.drop_column("events", "ip_address")
    op.drop_column("events", "api_key_id")
    op.drop_index("ix_persons_merged_into_id", "persons")
    op.drop_column("persons", "merged_into_id")

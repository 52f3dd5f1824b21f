"""When somebody wrote last, who is linked with whom, and what more is known of an organization."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

# Written out, since SQLite takes a foreign key only with its column.
DEFAULT_TEAM = (
    "ALTER TABLE organizations ADD COLUMN default_team_id INTEGER"
    " CONSTRAINT fk_organizations_default_team_id REFERENCES teams (id)"
)
# Of those who are there already: the last of their messages.
LAST_WRITTEN = """
    UPDATE persons SET last_contact_at = (
        SELECT max(posts.created_at) FROM posts WHERE posts.author_id = persons.id AND posts.kind = 'message'
    ) WHERE role = 'customer'
"""


def upgrade() -> None:
    op.add_column("persons", sa.Column("last_contact_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(LAST_WRITTEN)
    op.create_index("ix_persons_last_contact_at_id", "persons", ["last_contact_at", "id"])
    op.create_index("ix_persons_language_id", "persons", ["language", "id"])
    op.create_table(
        "person_links",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("linked_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_person_links_person_id")),
        sa.ForeignKeyConstraint(["linked_id"], ["persons.id"], name=op.f("fk_person_links_linked_id")),
        sa.PrimaryKeyConstraint("person_id", "linked_id", name=op.f("pk_person_links")),
    )
    op.create_index("ix_person_links_linked_id", "person_links", ["linked_id"])
    op.add_column("organizations", sa.Column("address", sa.Text(), nullable=False, server_default=""))
    op.execute(DEFAULT_TEAM)
    op.add_column("organizations", sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("disabled_at", "default_team_id", "address"):
        op.drop_column("organizations", name)
    op.drop_table("person_links")
    op.drop_index("ix_persons_language_id", "persons")
    op.drop_index("ix_persons_last_contact_at_id", "persons")
    op.drop_column("persons", "last_contact_at")

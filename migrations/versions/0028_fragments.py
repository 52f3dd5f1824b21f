"""Texts that are found by any piece of them: subjects, addresses, names of organizations, own fields.

The pieces, which are runs of three characters, are kept by the database itself, with each write, so that no verb can
forget them. SQLite has them in tables of FTS5, each text between two marks; PostgreSQL in indexes of pg_trgm. Whoever
makes one of these tables anew must make its triggers anew.
"""

from alembic import op

revision = "0028"
down_revision = "0027"

# The table, its column, and the table that has the pieces on SQLite.
FOUND_BY_PIECES = (
    ("cases", "subject", "subject_fragments"),
    ("identities", "key", "address_fragments"),
    ("organizations", "name", "organization_fragments"),
    ("custom_field_values", "text", "field_fragments"),
)


def _kept(table: str, column: str, kept: str) -> list[str]:
    """The table of the pieces, and triggers that keep it. FTS5 must be told what to forget."""

    def text(row: str) -> str:
        return f"char(2) || {row}.{column} || char(3)"

    remember = f"INSERT INTO {kept} (rowid, text) VALUES (new.id, {text('new')});"
    forget = f"INSERT INTO {kept} ({kept}, rowid, text) VALUES ('delete', old.id, {text('old')});"
    return [
        f"CREATE VIRTUAL TABLE {kept} USING fts5(text, content = '', columnsize = 0, tokenize = 'trigram')",
        f"INSERT INTO {kept} (rowid, text) SELECT id, {text(table)} FROM {table}",
        f"CREATE TRIGGER {kept}_added AFTER INSERT ON {table} BEGIN {remember} END",
        (
            f"CREATE TRIGGER {kept}_changed AFTER UPDATE OF {column} ON {table} WHEN new.{column} <> old.{column}"
            f" BEGIN {forget} {remember} END"
        ),
        f"CREATE TRIGGER {kept}_removed AFTER DELETE ON {table} BEGIN {forget} END",
    ]


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, column, kept in FOUND_BY_PIECES:
            for statement in _kept(table, column, kept):
                op.execute(statement)
        return
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for table, column, _ in FOUND_BY_PIECES:
        op.execute(f"CREATE INDEX ix_{table}_{column}_fragments ON {table} USING gin ({column} gin_trgm_ops)")


def downgrade() -> None:
    """The extension stays: somebody else may use it."""
    for table, column, kept in FOUND_BY_PIECES:
        if op.get_bind().dialect.name == "sqlite":
            for what in ("added", "changed", "removed"):
                op.execute(f"DROP TRIGGER {kept}_{what}")
            op.execute(f"DROP TABLE {kept}")
        else:
            op.execute(f"DROP INDEX ix_{table}_{column}_fragments")

"""Indexes for what lists are narrowed and sorted by, the words that are searched, and saved filters.

The words of cases, posts and persons are kept by the database itself, with each write, so that no verb can forget them.
SQLite has them in tables of FTS5; PostgreSQL in a column of each table, which is made of the others. Whoever makes one
of these tables anew must make its triggers anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

NARROWED_BY = (
    "status",
    "priority",
    "type",
    "category",
    "creator_id",
    "requester_id",
    "assignee_id",
    "team_id",
    "organization_id",
)
HAD_AN_INDEX = tuple(name for name in NARROWED_BY if name not in {"status", "priority", "type"})
APART = {
    "trashed": "trashed_at IS NOT NULL",
    "spam": "spam_at IS NOT NULL",
    "pending": "confirmed_at IS NULL",
}
PERSONS_SORTED_BY = ("created_at", "updated_at", "name")

# The words of a text are its runs of letters and digits; of an endless text only the beginning is searched.
TOKENS = """tokenize = "unicode61 remove_diacritics 0" """
CASE_TEXT = "{row}.reference || ' ' || {row}.subject"
POST_TEXT = "substr({row}.body, 1, 100000)"
ADDRESSES = "coalesce((SELECT group_concat(value, ' ') FROM identities WHERE person_id = person_words.rowid), '')"


def _kept(table: str, words: str, text: str, columns: str, shown: str) -> list[str]:
    """Triggers that keep the words of a table. FTS5 must be told what to forget, word by word."""
    old, new = text.format(row="old"), text.format(row="new")
    remember = f"INSERT INTO {words} (rowid, words) SELECT new.id, {new} WHERE {shown.format(row='new')};"
    forget = (
        f"INSERT INTO {words} ({words}, rowid, words) SELECT 'delete', old.id, {old} WHERE {shown.format(row='old')};"
    )
    return [
        f"CREATE VIRTUAL TABLE {words} USING fts5(words, content = '', columnsize = 0, {TOKENS})",
        (
            f"INSERT INTO {words} (rowid, words) SELECT id, {text.format(row=table)} FROM {table}"
            f" WHERE {shown.format(row=table)}"
        ),
        f"CREATE TRIGGER {words}_added AFTER INSERT ON {table} BEGIN {remember} END",
        f"CREATE TRIGGER {words}_changed AFTER UPDATE OF {columns} ON {table} BEGIN {forget} {remember} END",
        f"CREATE TRIGGER {words}_removed AFTER DELETE ON {table} BEGIN {forget} END",
    ]


SQLITE = [
    *_kept("cases", "case_words", CASE_TEXT, "reference, subject", "true"),
    *_kept("posts", "post_words", POST_TEXT, "body, deleted_at", "{row}.deleted_at IS NULL"),
    f"CREATE VIRTUAL TABLE person_words USING fts5(name, addresses, {TOKENS})",
    "INSERT INTO person_words (rowid, name, addresses) SELECT id, name, '' FROM persons",
    f"UPDATE person_words SET addresses = {ADDRESSES}",
    (
        "CREATE TRIGGER person_words_added AFTER INSERT ON persons BEGIN"
        " INSERT INTO person_words (rowid, name, addresses) VALUES (new.id, new.name, ''); END"
    ),
    (
        "CREATE TRIGGER person_words_changed AFTER UPDATE OF name ON persons BEGIN"
        " UPDATE person_words SET name = new.name WHERE rowid = new.id; END"
    ),
    (
        "CREATE TRIGGER person_words_removed AFTER DELETE ON persons BEGIN"
        " DELETE FROM person_words WHERE rowid = old.id; END"
    ),
    (
        "CREATE TRIGGER person_words_addressed AFTER INSERT ON identities BEGIN"
        f" UPDATE person_words SET addresses = {ADDRESSES} WHERE rowid = new.person_id; END"
    ),
    (
        "CREATE TRIGGER person_words_moved AFTER UPDATE OF value, person_id ON identities BEGIN"
        f" UPDATE person_words SET addresses = {ADDRESSES} WHERE rowid IN (old.person_id, new.person_id); END"
    ),
    (
        "CREATE TRIGGER person_words_forgotten AFTER DELETE ON identities BEGIN"
        f" UPDATE person_words SET addresses = {ADDRESSES} WHERE rowid = old.person_id; END"
    ),
]

POSTGRESQL = [
    """
    CREATE FUNCTION words_of(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple'::regconfig, translate(left($1, 100000),
        '!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', '                                '))
    $$
    """,
    "ALTER TABLE cases ADD COLUMN words tsvector GENERATED ALWAYS AS (words_of(reference || ' ' || subject)) STORED",
    (
        "ALTER TABLE posts ADD COLUMN words tsvector"
        " GENERATED ALWAYS AS (CASE WHEN deleted_at IS NULL THEN words_of(body) END) STORED"
    ),
    "ALTER TABLE persons ADD COLUMN words tsvector",
    """
    CREATE FUNCTION keep_words_of_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.words := words_of(NEW.name || ' ' || coalesce(
        (SELECT string_agg(value, ' ') FROM identities WHERE person_id = NEW.id), ''));
    RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER words_of_person BEFORE INSERT OR UPDATE OF name ON persons
    FOR EACH ROW EXECUTE FUNCTION keep_words_of_person()
    """,
    """
    CREATE FUNCTION keep_words_of_addresses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE persons SET name = name WHERE id IN (OLD.person_id, NEW.person_id);
    RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER words_of_addresses AFTER INSERT OR DELETE OR UPDATE OF value, person_id ON identities
    FOR EACH ROW EXECUTE FUNCTION keep_words_of_addresses()
    """,
    "UPDATE persons SET name = name",
    *(f"CREATE INDEX ix_{table}_words ON {table} USING gin (words)" for table in ("cases", "posts", "persons")),
]


def upgrade() -> None:
    _make_indexes()
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["persons.id"], name=op.f("fk_saved_filters_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
        sa.UniqueConstraint("uuid", name=op.f("uq_saved_filters_uuid")),
    )
    op.create_index("ix_saved_filters_owner_id", "saved_filters", ["owner_id"])


def _make_indexes() -> None:
    op.drop_index("ix_cases_created_at", "cases")
    op.create_index("ix_cases_created_at_id", "cases", ["created_at", "id"])
    op.drop_index("ix_cases_status_last_post_at", "cases")
    op.create_index("ix_cases_status_last_post_at_id", "cases", ["status", "last_post_at", "id"])
    op.create_index("ix_cases_last_post_at_id", "cases", ["last_post_at", "id"])
    _make_partial("ix_cases_closed_at_id", ["closed_at", "id"], "closed_at IS NOT NULL")
    for name, condition in APART.items():
        _make_partial(f"ix_cases_{name}_created_at_id", ["created_at", "id"], condition)
    for name in HAD_AN_INDEX:
        op.drop_index(f"ix_cases_{name}", "cases")
    for name in NARROWED_BY:
        op.create_index(f"ix_cases_{name}_created_at_id", "cases", [name, "created_at", "id"])
    op.drop_index("ix_case_labels_label_id", "case_labels")
    op.create_index("ix_case_labels_label_id_case_id", "case_labels", ["label_id", "case_id"])
    for name in PERSONS_SORTED_BY:
        op.create_index(f"ix_persons_{name}_id", "persons", [name, "id"])


def _make_partial(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "cases", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_table("saved_filters")
    _forget_words()
    for name in PERSONS_SORTED_BY:
        op.drop_index(f"ix_persons_{name}_id", "persons")
    op.drop_index("ix_case_labels_label_id_case_id", "case_labels")
    op.create_index("ix_case_labels_label_id", "case_labels", ["label_id"])
    for name in (*NARROWED_BY, *APART):
        op.drop_index(f"ix_cases_{name}_created_at_id", "cases")
    for name in HAD_AN_INDEX:
        op.create_index(f"ix_cases_{name}", "cases", [name])
    op.create_index("ix_cases_status_last_post_at", "cases", ["status", "last_post_at"])
    for name in ("closed_at_id", "last_post_at_id", "status_last_post_at_id", "created_at_id"):
        op.drop_index(f"ix_cases_{name}", "cases")
    op.create_index("ix_cases_created_at", "cases", ["created_at"])


def _forget_words() -> None:
    if op.get_bind().dialect.name == "sqlite":
        triggers = [statement.split()[2] for statement in SQLITE if statement.startswith("CREATE TRIGGER")]
        for statement in [
            *(f"DROP TRIGGER {name}" for name in triggers),
            *(f"DROP TABLE {name}_words" for name in ("case", "post", "person")),
        ]:
            op.execute(statement)
        return
    op.execute("DROP TRIGGER words_of_addresses ON identities")
    op.execute("DROP TRIGGER words_of_person ON persons")
    for table in ("cases", "posts", "persons"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN words")
    for function in ("keep_words_of_addresses()", "keep_words_of_person()", "words_of(text)"):
        op.execute(f"DROP FUNCTION {function}")

"""What lists are narrowed by besides columns, cases by custom status, and priorities in the order in which they press.

The values in ``meta`` of cases and in custom fields are kept, one row each, by the database itself, with each write, so
that no verb can forget them. Whoever makes one of these tables anew must make its triggers anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0021"

LONGEST_NAME, LONGEST = 100, 200
RANK = "CASE priority WHEN 'low' THEN 0 WHEN 'normal' THEN 1 WHEN 'high' THEN 2 WHEN 'critical' THEN 3 END"
INTO = "INSERT INTO list_values (name, owner_id, text, number)"

SAID = f"""
    CASE WHEN said.type IN ('true', 'false') THEN said.type ELSE substr(CAST(said.value AS TEXT), 1, {LONGEST}) END,
    CASE WHEN said.type IN ('integer', 'real') THEN CAST(said.value AS REAL) END"""
KNOWN = "said.type IN ('text', 'integer', 'real', 'true', 'false')"


def _of_meta(row: str, tables: str) -> str:
    where = f"{KNOWN} AND length(said.key) <= {LONGEST_NAME}"
    return (
        f"{INTO} SELECT 'meta.' || said.key, {row}.id, {SAID} FROM {tables}json_each({row}.meta) AS said WHERE {where}"
    )


def _of_field(row: str, tables: str) -> str:
    values = f"CASE json_type({row}.value) WHEN 'array' THEN {row}.value ELSE json_array(json({row}.value)) END"
    return (
        f"{INTO} SELECT 'field.' || {row}.field_id, {row}.owner_id, {SAID}"
        f" FROM {tables}json_each({values}) AS said WHERE {KNOWN}"
    )


NO_META = "DELETE FROM list_values WHERE owner_id = old.id AND name IN (SELECT 'meta.' || key FROM json_each(old.meta))"
NO_FIELD = "DELETE FROM list_values WHERE owner_id = old.owner_id AND name = 'field.' || old.field_id"

SQLITE = [
    _of_meta("cases", "cases, "),
    _of_field("custom_field_values", "custom_field_values, "),
    f"CREATE TRIGGER meta_added AFTER INSERT ON cases WHEN new.meta <> '{{}}' BEGIN {_of_meta('new', '')}; END",
    (
        "CREATE TRIGGER meta_changed AFTER UPDATE OF meta ON cases WHEN new.meta <> old.meta"
        f" BEGIN {NO_META}; {_of_meta('new', '')}; END"
    ),
    f"CREATE TRIGGER meta_removed AFTER DELETE ON cases BEGIN {NO_META}; END",
    f"CREATE TRIGGER field_added AFTER INSERT ON custom_field_values BEGIN {_of_field('new', '')}; END",
    (f"CREATE TRIGGER field_changed AFTER UPDATE ON custom_field_values BEGIN {NO_FIELD}; {_of_field('new', '')}; END"),
    f"CREATE TRIGGER field_removed AFTER DELETE ON custom_field_values BEGIN {NO_FIELD}; END",
]

SAID_HERE = f"""left(said.value #>> '{{}}', {LONGEST}),
    CASE WHEN json_typeof(said.value) = 'number' THEN (said.value #>> '{{}}')::double precision END"""
KNOWN_HERE = "json_typeof(said.value) IN ('string', 'number', 'boolean')"


def _of_meta_here(row: str, tables: str) -> str:
    return f"""
        {INTO} SELECT 'meta.' || said.key, {row}.id, {SAID_HERE}
        FROM {tables}json_each({row}.meta) AS said WHERE {KNOWN_HERE} AND length(said.key) <= {LONGEST_NAME}
    """


def _of_field_here(row: str, tables: str) -> str:
    values = f"CASE json_typeof({row}.value) WHEN 'array' THEN {row}.value ELSE json_build_array({row}.value) END"
    return f"""
        {INTO} SELECT 'field.' || {row}.field_id, {row}.owner_id, {SAID_HERE}
        FROM {tables}json_array_elements({values}) AS said (value) WHERE {KNOWN_HERE}
    """


POSTGRESQL = [
    _of_meta_here("cases", "cases, "),
    _of_field_here("custom_field_values", "custom_field_values, "),
    f"""
    CREATE FUNCTION keep_list_values_of_case() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM list_values
        WHERE owner_id = OLD.id AND name IN (SELECT 'meta.' || key FROM json_object_keys(OLD.meta) AS known (key));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        {_of_meta_here("NEW", "")};
    END IF;
    RETURN NULL;
    END $$
    """,
    f"""
    CREATE FUNCTION keep_list_values_of_field() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM list_values WHERE owner_id = OLD.owner_id AND name = 'field.' || OLD.field_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        {_of_field_here("NEW", "")};
    END IF;
    RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER list_values_of_case AFTER INSERT OR DELETE OR UPDATE OF meta ON cases
    FOR EACH ROW EXECUTE FUNCTION keep_list_values_of_case()
    """,
    """
    CREATE TRIGGER list_values_of_field AFTER INSERT OR DELETE OR UPDATE ON custom_field_values
    FOR EACH ROW EXECUTE FUNCTION keep_list_values_of_field()
    """,
]


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "list_values",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        # Texts in the order of their characters, whatever the language of the database, so that days are in order.
        sa.Column("text", sa.String(LONGEST, collation=None if on_sqlite else "C"), nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("name", "owner_id", "text", name=op.f("pk_list_values")),
    )
    for statement in SQLITE if on_sqlite else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    for column in ("text", "number"):
        op.create_index(f"ix_list_values_name_{column}_owner_id", "list_values", ["name", column, "owner_id"])
    kept = "VIRTUAL" if on_sqlite else "STORED"  # SQLite adds no other to a table that is there
    op.execute(f"ALTER TABLE cases ADD COLUMN priority_rank INTEGER GENERATED ALWAYS AS ({RANK}) {kept}")
    op.create_index("ix_cases_priority_rank_id", "cases", ["priority_rank", "id"])
    op.create_index("ix_cases_status_priority_rank_id", "cases", ["status", "priority_rank", "id"])
    op.drop_index("ix_cases_custom_status_id", "cases")
    op.create_index("ix_cases_custom_status_id_created_at_id", "cases", ["custom_status_id", "created_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_cases_custom_status_id_created_at_id", "cases")
    op.create_index("ix_cases_custom_status_id", "cases", ["custom_status_id"])
    op.drop_index("ix_cases_status_priority_rank_id", "cases")
    op.drop_index("ix_cases_priority_rank_id", "cases")
    op.execute("ALTER TABLE cases DROP COLUMN priority_rank")
    if op.get_bind().dialect.name == "sqlite":
        for table in ("meta", "field"):
            for what in ("added", "changed", "removed"):
                op.execute(f"DROP TRIGGER {table}_{what}")
    else:
        for table, of in (("cases", "case"), ("custom_field_values", "field")):
            op.execute(f"DROP TRIGGER list_values_of_{of} ON {table}")
            op.execute(f"DROP FUNCTION keep_list_values_of_{of}()")
    op.drop_table("list_values")

"""A database full of cases, made by the database itself: a message and a customer to each, most of them long closed."""

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from app.extensions import db
from app.transaction import transaction

SEVERAL = 20
FIRST = 1_700_000_000

WORDS = {
    "sqlite": {
        "uuid": "lower(hex(randomblob(16)))",
        "at": f"strftime('%Y-%m-%d %H:%M:%S.000000', {FIRST} + i * 60, 'unixepoch')",
        "json": "'{}'",
        "meta": "json_object('order', i)",
        "no": "0",
        "yes": "1",
    },
    "postgresql": {
        "uuid": "gen_random_uuid()",
        "at": f"to_timestamp({FIRST} + i * 60)",
        "json": "'{}'::json",
        "meta": "json_build_object('order', i)",
        "no": "false",
        "yes": "true",
    },
}
# With its usual 2 MB, SQLite would read and write its indexes over and over.
ROOM, ROOM_AS_BEFORE = ("PRAGMA cache_size = -400000",), ("PRAGMA cache_size = -2000",)
FOUND_BY_PIECES = {"cases": "subject", "identities": "key", "persons": "name"}
# What would be checked and indexed row by row.
SPARED = (
    "SET LOCAL session_replication_role = replica",
    *(f"DROP INDEX ix_{table}_words" for table in ("cases", "posts", "persons")),
    *(f"DROP INDEX ix_{table}_{column}_fragments" for table, column in FOUND_BY_PIECES.items()),
)
CAUGHT_UP = (
    "UPDATE persons SET words = words_of(name || ' ' || value) FROM identities WHERE person_id = persons.id",
    *(f"CREATE INDEX ix_{table}_words ON {table} USING gin (words)" for table in ("cases", "posts", "persons")),
    *(
        f"CREATE INDEX ix_{table}_{column}_fragments ON {table} USING gin ({column} gin_trgm_ops)"
        for table, column in FOUND_BY_PIECES.items()
    ),
    # What comes later must not take a number that is taken.
    *(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
        for table in ("persons", "cases", "timeline", "identities", "labels")
    ),
)
FROM = "CAST(:first AS integer)"
COUNTED = f"WITH RECURSIVE n (i) AS (SELECT {FROM} UNION ALL SELECT i + 1 FROM n WHERE i < :last) "


def fill(last: int, first: int = 1, told: Callable[[str], object] = str) -> None:
    """Put cases with these numbers into a database, and tell a planner how many there are; say how far it is."""
    on_postgresql = db.engine.dialect.name == "postgresql"
    with transaction():
        for statement in (*(SPARED if on_postgresql else ROOM), *_statements(WORDS[db.engine.dialect.name])):
            told(" ".join(statement.split()[:3]))
            db.session.execute(sa.text(statement), {"first": first, "last": last} if ":first" in statement else {})
        for statement in CAUGHT_UP if on_postgresql else ROOM_AS_BEFORE:
            told(" ".join(statement.split()[:3]))
            db.session.execute(sa.text(statement))
    if on_postgresql:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))


def _statements(say: dict[str, str]) -> Iterator[str]:
    at, uuid, customer = say["at"], say["uuid"], "1000000 + i"
    priority = "CASE WHEN i % 30 = 1 THEN 'critical' WHEN i % 9 = 1 THEN 'high' ELSE 'normal' END"
    status = f"CASE WHEN i % {SEVERAL} > 1 THEN 'closed' WHEN i % {SEVERAL} = 1 THEN 'open' ELSE 'waiting' END"
    yield f"""
        INSERT INTO persons (id, uuid, name, role, designation, signature, note, meta, created_at, updated_at) {COUNTED}
        SELECT {customer}, {uuid}, 'Customer ' || i, 'customer', '', '', '', {say["json"]}, {at}, {at} FROM n
    """
    yield f"""
        INSERT INTO identities (uuid, person_id, kind, value, key, "primary", bounces, created_at) {COUNTED}
        SELECT {uuid}, {customer}, 'email', 'customer' || i || '@world.test', 'customer' || i || '@world.test',
            {say["yes"]}, 0, {at} FROM n
    """
    yield f"""
        INSERT INTO cases (id, uuid, reference, subject, status, priority, category, channel, meta, creator_id,
            requester_id, assignee_id, created_at, updated_at, confirmed_at, closed_at, spam_at, last_post_at) {COUNTED}
        SELECT i, {uuid}, 'r-' || i, 'About number ' || i, {status}, {priority}, 'c' || (i % 50), 'api', {say["meta"]},
            {customer}, {customer}, CASE WHEN i % 100 = 1 THEN 1000000 + {FROM} END, {at}, {at}, {at},
            CASE WHEN i % {SEVERAL} > 1 THEN {at} END, CASE WHEN i % 500 = 7 THEN {at} END, {at} FROM n
    """
    if say is WORDS["postgresql"]:  # where triggers rest meanwhile
        yield f"INSERT INTO list_values (name, owner_id, text, number) {COUNTED} SELECT 'meta.order', i, i, i FROM n"
    yield f"INSERT INTO timeline (id, case_id, kind, created_at) {COUNTED} SELECT i, i, 'message', {at} FROM n"
    yield f"""
        INSERT INTO posts (id, uuid, case_id, kind, author_id, channel, body, robot, verified, created_at) {COUNTED}
        SELECT i, {uuid}, i, 'message', {customer}, 'api',
            'It burns, and it is w' || i || '. Of all sorts s' || (i % 1000) || ' it is the worst.',
            {say["no"]}, {say["yes"]}, {at} FROM n
    """
    yield f"""
        INSERT INTO labels (id, name, key, created_at) {COUNTED}
        SELECT i, 't' || i, 't' || i, {at} FROM n WHERE i < {FROM} + 9
    """
    yield f"INSERT INTO case_labels (case_id, label_id, locked) {COUNTED} SELECT i, {FROM} + i % 9, {say['no']} FROM n"

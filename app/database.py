"""How connections to SQLite and PostgreSQL are set up, and what both say in words of their own."""

import math
import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import Flask, has_request_context
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError

from app.config.deployment import Deployment
from app.config.sources import BadConfiguration
from app.extensions import Base, db

# How many milliseconds to wait for another writer.
PATIENT, HURRIED = 30_000, 100
_PATIENCE = "casey.busy_timeout"
# After how many seconds without use a connection to a server is tried before it is used again.
RESTED = 1.0
_GIVEN_BACK = "casey.given_back"
# FULL, since an answered request must survive a power cut; NORMAL loses the last commits of a write-ahead log.
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", f"busy_timeout = {PATIENT}", "foreign_keys = ON")


# Nobody gave way in time, or a statement took too long: as PostgreSQL says it, and as SQLite does.
GAVE_UP = {"55P03", "57014", "SQLITE_BUSY", "SQLITE_LOCKED"}
LIMITS = "SELECT set_config('statement_timeout', '{}', true), set_config('lock_timeout', '{}', true)"

Longest = Callable[[], int]


def set_up_database(app: Flask, where: Deployment) -> None:
    """Bind the database to the application and prepare each of its connections."""
    url = where.database_url
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    # Without parameters, or an error would write secrets and what people wrote into the log.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}
    try:
        db.init_app(app)
    except (ArgumentError, ImportError) as error:
        raise BadConfiguration(f"DATABASE_URL cannot be used: {error}") from error
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine, _longest(where))
        else:
            _prepare_postgresql(db.engine, _longest(where))


def _longest(where: Deployment) -> Longest:
    """How many milliseconds a statement may take: short while somebody waits for an answer."""
    return lambda: 1000 * (where.request_patience if has_request_context() else where.job_patience)


def gave_up(error: DBAPIError) -> bool:
    """Whether this says that something took too long, so that it may go well in a moment."""
    return bool({getattr(error.orig, "sqlstate", None), getattr(error.orig, "sqlite_errorname", None)} & GAVE_UP)


def _prepare_sqlite(engine: Engine, longest: Longest) -> None:
    @sa.event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, below
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # A writer takes the lock at once: upgrading a read later fails without waiting when another has written since.
        options = connection.get_execution_options()
        _wait_at_most(connection, min(options.get("patience", PATIENT), longest()))
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _prepare_postgresql(engine: Engine, longest: Longest) -> None:
    @sa.event.listens_for(engine, "checkin")
    def given_back(_connection: Any, record: Any) -> None:
        record.info[_GIVEN_BACK] = time.monotonic()

    @sa.event.listens_for(engine, "checkout")
    def taken(connection: Any, record: Any, _proxy: Any) -> None:
        # A server that was started anew is noticed here, and costs nobody his work; busy connections need not ask.
        if time.monotonic() - record.info.get(_GIVEN_BACK, math.inf) > RESTED:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise DisconnectionError from error

    @sa.event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # Locally to the transaction, so that a pooler which shares connections passes nothing on.
        options = connection.get_execution_options()
        if not options.get("lasting"):
            patience = min(options.get("patience", PATIENT), longest())
            connection.exec_driver_sql(LIMITS.format(longest(), patience))


def _wait_at_most(connection: Connection, milliseconds: int) -> None:
    """Have this connection wait so long for another writer, if it does not already."""
    if connection.info.get(_PATIENCE, PATIENT) != milliseconds:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {milliseconds}")
        connection.info[_PATIENCE] = milliseconds


def insert_if_absent(table: type[Base], **values: object) -> None:
    """Insert a row unless one with the same key is there, also when somebody else inserts it at this moment.

    It is there at once, and does not wait for what else is new.
    """
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    db.session.execute(insert(table).on_conflict_do_nothing(), values, execution_options={"autoflush": False})

"""A copy of a database, in which the same statements give the same rows the same numbers: by the bare drivers."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL, Engine

from app.database import PRAGMAS

Bare = sqlite3.Connection | psycopg.Connection
LONGEST_NAME = 63


@contextmanager
def twin(engine: Engine) -> Iterator[Bare]:
    """A connection to a copy of what an engine is connected to, whose commits are as durable."""
    engine.dispose()  # nobody may be connected to what PostgreSQL copies
    copied = _sqlite if engine.dialect.name == "sqlite" else _postgresql
    with copied(engine.url) as connection, closing(connection):
        yield connection


@contextmanager
def _sqlite(url: URL) -> Iterator[sqlite3.Connection]:
    copy = sqlite3.connect(f"{url.database}.twin", isolation_level=None)
    with closing(sqlite3.connect(str(url.database))) as original:
        original.backup(copy)
    for pragma in PRAGMAS:
        copy.execute(f"PRAGMA {pragma}")
    yield copy


@contextmanager
def _postgresql(url: URL) -> Iterator[psycopg.Connection]:
    name = f"twin_of_{url.database}"[:LONGEST_NAME]
    names = {"copy": Identifier(name), "original": Identifier(str(url.database))}
    with _connected(url, "postgres") as server:
        server.autocommit = True
        server.execute(SQL("CREATE DATABASE {copy} TEMPLATE {original} STRATEGY file_copy").format(**names))
        try:
            yield _connected(url, name)
        finally:
            server.execute(SQL("DROP DATABASE {copy} WITH (FORCE)").format(**names))


def _connected(url: URL, database: str) -> psycopg.Connection:
    bare = url.set(drivername="postgresql", database=database)
    return psycopg.connect(bare.render_as_string(hide_password=False))

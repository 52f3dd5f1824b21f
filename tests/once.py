"""What every application would work out anew, and all applications of a test run work out once.

A process of Casey has one application and keeps what it has compiled for as long as it lives; a test run has thousands.
"""

from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from werkzeug.routing import Rule

from app.extensions import db

_statements: dict[Any, Any] = {}
_rules: dict[tuple[str, str], dict[str, Any]] = {}
_compile = Rule.compile
_COMPILED = ("_parts", "_trace", "_converters", "arguments")
_BUILDERS = ("_build", "_build_unknown")


def compile_routes_once() -> None:
    """Have rules that read the same share what werkzeug has made of them."""

    def compile_once(rule: Rule) -> None:
        key = (rule.rule, repr(rule.defaults))
        if key not in _rules:
            _compile(rule)
            _rules[key] = {name: getattr(rule, name) for name in (*_COMPILED, *_BUILDERS)}
        for name, made in _rules[key].items():
            setattr(rule, name, made.__func__.__get__(rule) if name in _BUILDERS else made)

    Rule.compile = compile_once  # type: ignore[method-assign]


def take_dialects_as_equal() -> None:
    """Have SQLAlchemy find a statement that it has compiled for another database of the same kind."""
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign,assignment]
        dialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign,assignment]


def share_statements(app: Flask) -> None:
    """Let this application use the statements that others have compiled, and them its own."""
    with app.app_context():
        db.engine.update_execution_options(compiled_cache=_statements)


def spare_the_disk(app: Flask) -> None:
    """Let SQLite not wait for the disk: only a power cut would lose anything, a killed process loses nothing."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))

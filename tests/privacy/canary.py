"""Looking for a word in everything that is kept: every column of every table, the search, and the files."""

import json
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from app.config import deployed
from app.extensions import Base, db


def found_anywhere(app: Flask, word: str) -> list[str]:
    """Where a word is, without regard to case: ``table.column`` or the name of a file."""
    with app.app_context():
        places = [where for where, text in [*_columns(), *_files()] if word.lower() in text.lower()]
        db.session.rollback()
        return sorted({*places, *_words(word)})


def _columns() -> Iterator[tuple[str, str]]:
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)).mappings():
            yield from ((f"{table.name}.{name}", _text(value)) for name, value in row.items())


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _files() -> Iterator[tuple[str, str]]:
    root: Path = deployed().data_dir / "files"
    for path in root.rglob("*"):
        if path.is_file():
            yield str(path), path.read_text("utf-8", "replace")


def _words(word: str) -> list[str]:
    """Where the index of the search has it."""
    part = word.split("@")[0].split()[-1].lower()
    if db.engine.dialect.name == "postgresql":
        query = "SELECT id FROM {table} WHERE words::text ILIKE :word"
        tables = {"cases": "cases", "posts": "posts", "persons": "persons"}
        asked = {name: (query.format(table=name), f"%{part}%") for name in tables}
    else:
        asked = {
            name: (f"SELECT rowid FROM {name} WHERE {name} MATCH :word", f'"{part}"')
            for name in ("case_words", "post_words", "person_words")
        }
    return [name for name, (query, said) in asked.items() if db.session.execute(sa.text(query), {"word": said}).all()]

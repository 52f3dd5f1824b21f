"""Letting the index of the search forget what was struck out.

FTS5 notes only that a word is gone, and has it until the parts of its index are merged (sqlite.org/fts5.html, 6.8).
That is done here, some pages at a time. What PostgreSQL has left goes when it cleans up.
"""

import sqlalchemy as sa

from app.extensions import db
from app.steps import Json

INDEXES = ("case_words", "post_words", "person_words", "name_fragments", "address_fragments")
PAGES = 500


def forget_words(merged: Json) -> bool:
    """Go on with merging, noting in ``merged`` how far each index is. Says whether nothing is left to be done."""
    if db.engine.dialect.name != "sqlite":
        return True
    for index in INDEXES:
        if merged.get(index) != "done":
            changed = _merge(index, begins=index not in merged)
            merged[index] = "begun" if changed else "done"
            return False
    return True


def _merge(index: str, *, begins: bool) -> bool:
    """Merge some pages; a negative number begins with all parts there are. Says whether anything was merged."""
    before = _changes()
    merge = sa.text(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', :pages)")
    db.session.execute(merge, {"pages": -PAGES if begins else PAGES})
    return _changes() - before >= 2


def _changes() -> int:
    return int(db.session.execute(sa.text("SELECT total_changes()")).scalar_one())

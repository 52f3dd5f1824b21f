"""Rows of a list that are found by rows of another table."""

from typing import Any

from sqlalchemy import Select

from app.extensions import db
from app.listing.filters import Column, Condition
from app.listing.fragments import Fragment, Fragments
from app.listing.lookups import asked_at_once

FEW = 1000


def few(rows: Select[Any]) -> set[Any] | None:
    """What these rows say, if they are few: no database has to guess then how many there are."""
    some = set(db.session.scalars(rows.limit(FEW + 1)))
    return some if len(some) <= FEW else None


def linked(owner: Column, rows: Select[Any], to: Column) -> Condition:
    """The rows of a list of which the rows of another table speak: looked up where these are few, else met on the way
    through the list.
    """
    if asked_at_once():
        return owner.in_(rows)
    some = few(rows)
    return owner.in_(some) if some is not None else rows.where(to == owner).exists()


def having(fragments: Fragments, *pieces: Fragment) -> Condition:
    """The rows whose text has one of these pieces: looked up where these are few, else met on the way.

    Raises ValueError, with the end of a sentence.
    """
    matching = fragments.matching(*pieces)
    some = few(fragments.ids(*pieces))
    return fragments.id.in_(some) if some is not None else matching

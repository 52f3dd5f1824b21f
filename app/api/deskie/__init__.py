"""Deskie's dialect, below /api: a file per resource, each of which declares its routes on the blueprint.

It is a translation: every route calls the verbs that the native API calls. What is the same as with the vendor and
what is not, and why, stands in docs/api/deskie.md.
"""

from app.api.deskie import (
    cases,
    changelog,
    companies,
    custom_channels,
    files,
    filters,
    groups,
    ideas,
    ideas_category,
    labels,
    macros,
    messages,
    notes,
    rates,
    settings,
    staff,
    users,
)
from app.api.deskie.routing import PREFIX, bp

__all__ = [
    "PREFIX",
    "bp",
    "cases",
    "changelog",
    "companies",
    "custom_channels",
    "files",
    "filters",
    "groups",
    "ideas",
    "ideas_category",
    "labels",
    "macros",
    "messages",
    "notes",
    "rates",
    "settings",
    "staff",
    "users",
]

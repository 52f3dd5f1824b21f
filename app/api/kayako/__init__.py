"""Kayako's dialect, below /api/v1: a file per resource, each of which declares its routes on the blueprint.

It is a translation: every route calls the verbs that the native API calls. What is the same as with the vendor and
what is not, and why, stands in docs/api/kayako.md.
"""

from app.api.kayako import (
    autocomplete,
    domains,
    identities,
    organizations,
    people_fields,
    people_notes,
    roles,
    search,
    session,
    statuses,
    teams,
    users,
)
from app.api.kayako.routing import PREFIX, bp

__all__ = [
    "PREFIX",
    "autocomplete",
    "bp",
    "domains",
    "identities",
    "organizations",
    "people_fields",
    "people_notes",
    "roles",
    "search",
    "session",
    "statuses",
    "teams",
    "users",
]

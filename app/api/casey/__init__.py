"""The native API, below /api/casey/v1: a file per resource, each of which declares its routes on the blueprint."""

from app.api.casey import (
    attachments,
    cases,
    config,
    deliveries,
    filters,
    inbound,
    keys,
    mailboxes,
    participants,
    persons,
    search,
)
from app.api.casey.routing import PREFIX, bp

__all__ = [
    "PREFIX",
    "attachments",
    "bp",
    "cases",
    "config",
    "deliveries",
    "filters",
    "inbound",
    "keys",
    "mailboxes",
    "participants",
    "persons",
    "search",
]

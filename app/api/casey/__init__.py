"""The native API, below /api/casey/v1: a file per resource, each of which declares its routes on the blueprint."""

from app.api.casey import (
    attachments,
    cases,
    changelog,
    changes,
    config,
    deliveries,
    fields,
    inbound,
    keys,
    labels,
    mailboxes,
    participants,
    persons,
    statuses,
    trash,
)
from app.api.casey.routing import PREFIX, bp

__all__ = [
    "PREFIX",
    "attachments",
    "bp",
    "cases",
    "changelog",
    "changes",
    "config",
    "deliveries",
    "fields",
    "inbound",
    "keys",
    "labels",
    "mailboxes",
    "participants",
    "persons",
    "statuses",
    "trash",
]

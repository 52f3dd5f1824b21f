"""The native API, below /api/casey/v1: a file per resource, each of which declares its routes on the blueprint."""

from app.api.casey import (
    attachments,
    bulk,
    cases,
    config,
    deliveries,
    events,
    inbound,
    keys,
    mailboxes,
    participants,
    persons,
    public,
    webhooks,
)
from app.api.casey.routing import PREFIX, bp

__all__ = [
    "PREFIX",
    "attachments",
    "bp",
    "bulk",
    "cases",
    "config",
    "deliveries",
    "events",
    "inbound",
    "keys",
    "mailboxes",
    "participants",
    "persons",
    "public",
    "webhooks",
]

"""The native API, below /api/casey/v1: a file per resource, each of which declares its routes on the blueprint."""

from app.api.casey import (
    attachments,
    audit,
    bulk,
    cases,
    config,
    deliveries,
    events,
    identities,
    inbound,
    keys,
    mailboxes,
    organizations,
    participants,
    persons,
    public,
    teams,
    webhooks,
)
from app.api.casey.routing import PREFIX, bp

__all__ = [
    "PREFIX",
    "attachments",
    "audit",
    "bp",
    "bulk",
    "cases",
    "config",
    "deliveries",
    "events",
    "identities",
    "inbound",
    "keys",
    "mailboxes",
    "organizations",
    "participants",
    "persons",
    "public",
    "teams",
    "webhooks",
]

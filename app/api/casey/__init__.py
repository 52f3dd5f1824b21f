"""The native API, below /api/casey/v1: a file per resource, each of which declares its routes on the blueprint."""

from app.api.casey import (
    attachments,
    audit,
    cases,
    config,
    deliveries,
    identities,
    inbound,
    keys,
    mailboxes,
    organizations,
    participants,
    persons,
    teams,
)
from app.api.casey.routing import PREFIX, bp

__all__ = [
    "PREFIX",
    "attachments",
    "audit",
    "bp",
    "cases",
    "config",
    "deliveries",
    "identities",
    "inbound",
    "keys",
    "mailboxes",
    "organizations",
    "participants",
    "persons",
    "teams",
]

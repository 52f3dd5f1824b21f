"""Versions of what is shown (RFC 9110, 8.8 and 13.1): an ETag on every answer, If-None-Match and If-Match."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import request

from app.cases.queries import case_by_uuid
from app.errors import Invalid, PreconditionFailed
from app.extensions import Base
from app.people.organizations import organization_by_uuid
from app.people.persons import person_by_uuid
from app.people.teams import team_by_uuid

# What several people change at the same moment; of all else there is one who keeps it.
BY_UUID: Mapping[str, Callable[[UUID], Base]] = {
    "cases": case_by_uuid,
    "persons": person_by_uuid,
    "teams": team_by_uuid,
    "organizations": organization_by_uuid,
}


def version_of(content: Mapping[str, Any]) -> str:
    """The same for the same content, whatever the order of its members."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:32]


def check_version(shown: Callable[[], Mapping[str, Any] | None]) -> None:
    """Let a change through unless If-Match names other versions than the present one, which ``shown`` makes.

    Raises PreconditionFailed, or Invalid where nothing with a version stands at this address.
    """
    if not request.headers.get("If-Match"):
        return
    present = shown()
    if present is None:
        raise Invalid("Nothing at this address has a version; leave If-Match out.", field="If-Match")
    if not request.if_match.contains(version_of(present)):
        raise PreconditionFailed("It has changed since: its version is another than If-Match names. Get it anew.")


def named_by(rule: str, address: Mapping[str, Any]) -> Base | None:
    """The row that whoever changes something at this address holds first, if there is one. Raises NotFound."""
    find = BY_UUID.get(rule.split("/")[1])
    return find(address["uuid"]) if find and "uuid" in address else None

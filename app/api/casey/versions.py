"""Versions of what is shown (RFC 9110, 8.8 and 13.1): an ETag on every answer, If-None-Match and If-Match."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import request

from app.errors import Invalid, PreconditionFailed


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

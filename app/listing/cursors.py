"""Cursors: where a page ends, written so that nobody takes it for a number to count with."""

import base64
import json
from datetime import datetime
from typing import Any

from app.errors import Invalid

SENTENCE = "This is not a cursor that a list gave."
LONGEST = 2000
LARGEST_ID = 2**31 - 1


def wrapped(content: Any) -> str:
    """A cursor that says this."""
    written = json.dumps(content, separators=(",", ":"), default=_iso).encode()
    return base64.urlsafe_b64encode(written).decode().rstrip("=")


def _iso(value: datetime) -> str:
    return value.isoformat()


def unwrapped(cursor: str) -> Any:
    """What a cursor says. Raises Invalid."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        raise bad_cursor() from None


def bad_cursor() -> Invalid:
    """What is said of a cursor that no list gave, or another one did."""
    return Invalid(SENTENCE, field="cursor")


def is_id(found: Any) -> bool:
    """Whether this can be the id of a row."""
    return isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= LARGEST_ID

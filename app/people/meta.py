"""What integrators attach to a thing under keys of their own."""

import json
from collections.abc import Mapping
from typing import Any

from app.errors import Invalid

LARGEST_META = 64 * 1024


def merged_meta(present: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The present values with those that change, key by key; null takes a key away. Raises Invalid."""
    ours = sorted(key for key in changes if key.lower().startswith("casey"))
    if ours:
        raise Invalid(f"Keys that begin with casey are ours: {', '.join(ours)}. Prefix yours otherwise.", field="meta")
    merged = {key: value for key, value in {**present, **changes}.items() if value is not None}
    if len(json.dumps(merged)) > LARGEST_META:
        raise Invalid(f"All of it together must be at most {LARGEST_META // 1024} KB large.", field="meta")
    return merged

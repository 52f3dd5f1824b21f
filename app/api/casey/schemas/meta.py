"""The integrator's own data about a thing."""

import json
from typing import Any

from marshmallow import ValidationError, fields

from app.api.casey.schemas.fields import a_json_object
from app.people.meta import LARGEST_META


def own_data(**options: Any) -> fields.Dict:
    """Any JSON under the integrator's own keys."""
    return a_json_object(validate=[_only_their_own_keys, _not_too_large], **options)


def _only_their_own_keys(meta: dict[str, Any]) -> None:
    taken = sorted(key for key in meta if key.lower().startswith("casey"))
    if taken:
        raise ValidationError(f"Keys that begin with casey are ours: {', '.join(taken)}. Prefix yours otherwise.")


def _not_too_large(meta: dict[str, Any]) -> None:
    if len(json.dumps(meta)) > LARGEST_META:
        raise ValidationError(f"This must be at most {LARGEST_META // 1024} KB large.")

"""What JSON Schema can say of a body besides its members: a schema says it by a method ``told``."""

from collections.abc import Callable
from typing import Any

from marshmallow import Schema

Json = dict[str, Any]
Refer = Callable[[type[Schema]], Json]


def either(*names: str) -> Json:
    """One of these members must be there, or several."""
    return {"anyOf": [{"required": [name]} for name in names]}

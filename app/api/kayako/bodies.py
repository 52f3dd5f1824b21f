"""What a request says: in its query and in its body, which is JSON or a form, with names in any letters."""

import re
from typing import Any

from flask import request

from app.api.brackets import nested
from app.api.wire import checked_text, json_body

HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# What stands in these are names of the operator's or the caller's own, which stay as they are.
OWN = ("field_values", "metadata")
FORMS = {"multipart/form-data", "application/x-www-form-urlencoded"}

Json = dict[str, Any]


def asked() -> Json:
    """The query, with its names in snake case."""
    return _texts(snaked(nested(request.args.items(multi=True))))


def said() -> Json:
    """The body, which may be left out; an empty array is as good as nothing. Raises Malformed."""
    if request.mimetype in FORMS:
        return _texts(snaked(nested(request.form.items(multi=True))))
    found = json_body() if request.content_length or request.get_data() else {}
    snake: Json = snaked(found or {})
    return snake


def snaked(value: Any) -> Any:
    """The same with all names in snake case: ``assignedAgentId`` and ``AssignedAgentId`` are ``assigned_agent_id``."""
    if isinstance(value, dict):
        return {(name := _snake(key)): inner if name in OWN else snaked(inner) for key, inner in value.items()}
    return [snaked(one) for one in value] if isinstance(value, list) else value


def _snake(name: str) -> str:
    return HUMP.sub("_", name).lower()


def _texts(found: Json) -> Json:
    for value in found.values():
        if isinstance(value, dict):
            _texts(value)
        else:
            checked_text(value)
    return found

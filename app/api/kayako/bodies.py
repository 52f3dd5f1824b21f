"""What a request says: in its query and in its body, which is JSON or a form, with names in any letters."""

from typing import Any

from flask import request

from app.api.brackets import nested
from app.api.kayako.letters import snake
from app.api.wire import checked_text, json_body

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
    told: Json = snaked(found or {})
    return told


def wished() -> dict[str, str]:
    """What the query says by each name, in snake case. Several values have commas between them."""
    found: dict[str, list[str]] = {}
    for name, value in request.args.items(multi=True):
        found.setdefault(snake(name).removesuffix("[]"), []).append(value)
    return {name: ",".join(values) for name, values in found.items()}


def snaked(value: Any) -> Any:
    """The same with all names in snake case: ``assignedAgentId`` and ``AssignedAgentId`` are ``assigned_agent_id``."""
    if isinstance(value, dict):
        return {(name := snake(key)): inner if name in OWN else snaked(inner) for key, inner in value.items()}
    return [snaked(one) for one in value] if isinstance(value, list) else value


def _texts(found: Json) -> Json:
    for value in found.values():
        if isinstance(value, dict):
            _texts(value)
        else:
            checked_text(value)
    return found

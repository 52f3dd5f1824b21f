"""What is said to a caller at whose address there is no call: what is wrong with it, as far as that can be told."""

from uuid import UUID

from flask import current_app, request
from werkzeug.routing import MapAdapter

ANY = str(UUID(int=0))
LIKE = "01a200d0-39b5-7136-a763-74a3c46a113b"
MOST_PARTS = 12  # more than any address of ours has: each part is tried, which a stranger must not make long


def no_such_call(listed: str) -> str:
    """A sentence for a 404, which repeats nothing of the address but what we know ourselves.

    ``listed`` says where the calls of the dialect are.
    """
    known, path = current_app.create_url_adapter(request), request.path
    assert known is not None
    if path.endswith("/") and known.allowed_methods(path.rstrip("/")):
        return "No address of the API ends with a slash; without it there is a call."
    named = _no_uuid_behind(known, path)
    if named:
        return f"What stands behind {named}/ in the address must be a uuid, such as {LIKE}."
    return f"There is no such call. {listed}"


def _no_uuid_behind(known: MapAdapter, path: str) -> str:
    """The part of the address in front of the one which alone keeps it from being a call, for it is no uuid."""
    parts = path.split("/")
    for place in range(2, len(parts)) if len(parts) <= MOST_PARTS else ():
        if known.allowed_methods("/".join([*parts[:place], ANY, *parts[place + 1 :]])):
            return parts[place - 1]
    return ""

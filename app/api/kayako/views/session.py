"""Sessions on Kayako's wire."""

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from flask import request

from app.api.kayako.resources import Json, Resource, Shape, a_moment, a_text, a_thing, reference
from app.api.kayako.signing_in import session_of
from app.config import deployed
from app.people.credentials import ApiKey
from app.people.passes import PassKind, read_pass


class SessionShape(Shape):
    """A session."""

    id = a_text("What to send as X-Session-ID; empty for whoever came with a token.")
    portal = a_text()
    ip_address = a_text(none=True)
    user_agent = a_text()
    instance_id = a_text()
    instance_name = a_text()
    user = a_thing()
    status = a_text()
    created_at = a_moment()
    last_activity_at = a_moment()


def _sessions(keys: Sequence[ApiKey], _optional: Collection[str]) -> list[Json]:
    return [_session(one) for one in keys]


def _session(key: ApiKey) -> Json:
    secret = session_of(key) or ""
    known = read_pass(secret, PassKind.SESSION)
    return {
        "id": secret,
        "portal": "API",
        "ip_address": request.remote_addr,
        "user_agent": request.headers.get("User-Agent", ""),
        "instance_id": str(uuid5(NAMESPACE_URL, deployed().base_url)),
        "instance_name": urlsplit(deployed().base_url).hostname or "",
        "user": reference("user", key.person_id),
        "status": "ONLINE",
        "created_at": known.since if known else None,
        "last_activity_at": key.last_used_at,
    }


SESSION = Resource("session", SessionShape, _sessions)

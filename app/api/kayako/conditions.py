"""Versions of what is answered (RFC 9110, section 13): nothing is sent that the caller has, and nothing is changed that
he does not know.

The version of a thing is that of the thing itself: what stands in the things that it names does not count, unless the
caller says that he is a page (``X-Requested-With: XMLHttpRequest``). That of a list is all that is answered.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

from flask import request

from app.api.kayako.envelope import BY_CONTENT, Enveloped
from app.errors import PreconditionFailed

CONDITIONS = ("If-Match", "If-Unmodified-Since")


def headers_of(answer: Enveloped) -> dict[str, str]:
    """ETag and Last-Modified, for an answer that has a version."""
    if answer.version is None:
        return {}
    page = request.headers.get("X-Requested-With", "").lower() == "xmlhttprequest"
    by_content = page or answer.version == BY_CONTENT
    version = hashlib.sha256(answer.content).hexdigest()[:32] if by_content else answer.version
    changed = {"Last-Modified": format_datetime(answer.changed_at, usegmt=True)} if answer.changed_at else {}
    return {"ETag": f'"{version}"', **changed}


def unchanged(headers: Mapping[str, str]) -> bool:
    """Whether the caller has just this. A version he names decides alone; the time counts where he names none."""
    if "ETag" not in headers:
        return False
    if "If-None-Match" in request.headers:
        return request.if_none_match.contains_weak(headers["ETag"].strip('"'))
    since = request.if_modified_since
    if since is None or "Last-Modified" not in headers:
        return False
    return _moment(headers) <= since


def check_unchanged(present: Callable[[], Enveloped | None]) -> None:
    """Raises PreconditionFailed where the thing is not what the caller knows; asks what it is only if he says that."""
    if not any(name in request.headers for name in CONDITIONS):
        return
    found = present()
    if found is None:
        raise PreconditionFailed("Nothing here has a version: please ask without If-Match and If-Unmodified-Since.")
    headers = headers_of(found)
    if "If-Match" in request.headers:
        same = "ETag" in headers and request.if_match.contains(headers["ETag"].strip('"'))
    else:
        since = request.if_unmodified_since
        same = since is not None and "Last-Modified" in headers and _moment(headers) <= since
    if not same:
        raise PreconditionFailed("It has changed meanwhile; please read it again.")


def _moment(headers: Mapping[str, str]) -> datetime:
    return datetime.strptime(headers["Last-Modified"], "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)

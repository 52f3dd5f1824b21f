"""What a view answers, and the envelope around it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from orjson import OPT_PASSTHROUGH_DATACLASS, dumps

from app.api.kayako.letters import written
from app.api.kayako.paging import Offset, here
from app.api.kayako.rendering import Rendering
from app.api.kayako.resources import Json, Ref, Resource
from app.api.kayako.wishes import Wishes
from app.cases.field_values import said_together
from app.config import settings


@dataclass(frozen=True)
class Place:
    """A page along a list: how long it is, and behind and before which of its things the next ones stand.

    What stands before ``end`` is its last page.
    """

    limit: int
    after: int | None
    before: int | None
    end: int | None = None


@dataclass(frozen=True)
class One:
    """A thing."""

    resource: Resource
    row: Any


@dataclass(frozen=True)
class Many:
    """A page of things, and how many there are in all. Lists that are never long come whole."""

    resource: Resource
    rows: Sequence[Any]
    total: int
    page: Offset | Place | None = None


@dataclass(frozen=True)
class Done:
    """That it was done; to several things, to how many."""

    total: int | None = None


Found = One | Many | Done


# What tells the versions of a list apart: all that it says.
BY_CONTENT = ""


@dataclass(frozen=True)
class Enveloped:
    """An answer: its JSON, where its next page is, what tells its versions apart, and where the one thing is."""

    content: bytes
    status: int
    next_url: str | None = None
    version: str | None = None
    changed_at: datetime | None = None
    location: str | None = None


def enveloped(found: Found, status: int, wishes: Wishes, base: str) -> Enveloped:
    """What was found, in its envelope."""
    if isinstance(found, Done):
        count = {} if found.total is None else {"total_count": found.total}
        return Enveloped(dumps(wishes.tell({"status": status, **count})), status)
    rows = [found.row] if isinstance(found, One) else found.rows
    with said_together():
        rendering = Rendering(found.resource, rows, wishes, base, whole=isinstance(found, One))
        data: Any = rendering.data()
    body: Json = {"status": status, "data": data[0] if isinstance(found, One) else data}
    body["resource"] = found.resource.name or found.resource.kind
    following = None
    if isinstance(found, Many):
        told, following = _paged(found)
        body |= told
    first = rendering.shown[0] if isinstance(found, One) else {}
    return Enveloped(
        rendering.write(wishes.tell(body) | (_beside(rendering, wishes) if wishes.flat else {})),
        status,
        following,
        _version(rendering.whole) if isinstance(found, One) else BY_CONTENT,
        first.get("updated_at"),
        first.get("resource_url"),
    )


def _paged(found: Many) -> tuple[Json, str | None]:
    """What is said of the page, and where the next one is."""
    page, count = found.page, {"total_count": found.total}
    if isinstance(page, Offset):
        end = page.skip + len(found.rows)
        following = here(offset=end) if found.rows and end < found.total else None
        return {"offset": page.skip, "limit": page.limit, **count}, following
    if page is None:
        return count, None
    last = here(before_id=page.end, after_id=None) if page.end is not None else None
    ends = {"first_url": here(after_id=None, before_id=None), "last_url": last}
    before = here(before_id=page.before, after_id=None) if page.before else None
    following = here(after_id=page.after, before_id=None) if page.after else None
    return {"limit": page.limit, **ends, "previous_url": before, "next_url": following, **count}, following


def _version(shown: Sequence[Json]) -> str:
    """What changes whenever one of the things does, whichever of its fields are wished for: who has read some of them
    may change it by others. Of what they name, only which it is counts.
    """
    told = dumps([settings().time_zone.key, shown], default=_named, option=OPT_PASSTHROUGH_DATACLASS)
    return hashlib.sha256(told).hexdigest()[:32]


def _named(value: Any) -> str:
    assert isinstance(value, Ref)
    return f"{value.kind}:{value.id}"


def _beside(rendering: Rendering, wishes: Wishes) -> Json:
    """What was opened. A kind is called as ``resource_type`` says it, whatever letters are wished for."""
    kinds = rendering.beside().items()
    return {written("resources", wishes.letters): {kind: wishes.tell(things) for kind, things in kinds}}

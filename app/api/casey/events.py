"""The log of events: read page by page, waited at, or followed as a stream."""

import time
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import closing, nullcontext
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, Response, current_app, json, request

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.events import Events, Stream
from app.api.casey.views.events import EventsAnswer
from app.api.streaming import place_to_wait, take_stream
from app.api.wire import checked
from app.cases.queries import case_by_uuid
from app.errors import Invalid, NotFound
from app.events import Event
from app.extensions import db
from app.feed.reading import EVERY, named, open_to_the_team, settled
from app.feed.waiting import Page, pages
from app.people.access import Act
from app.people.credentials import ApiKey
from app.transaction import reading

EVENT_STREAM = "text/event-stream"
MOST_AT_ONCE = 200
SILENCE = 15.0
HEARTBEAT = ": still here\n\n"


@route("/events", "GET", Act.READ_EVENTS, asks=Events, answers=EventsAnswer)
def index(asked: Json) -> Answer:
    """What happened, from the oldest on; with ``wait``, as soon as something does."""
    which = _which(asked)
    with place_to_wait() if asked["wait"] else nullcontext(False) as waits:
        lasting = asked["wait"] if waits else 0
        return _first(pages(asked["after"], lasting=lasting, limit=asked["limit"], which=which))


@route("/events/stream", "GET", Act.READ_EVENTS, asks=Stream, gives=EVENT_STREAM)
def stream(asked: Json) -> Answer:
    """What happens, as server-sent events; without ``after`` and ``Last-Event-ID``, from now on."""
    after, which, key_id, acts = _begin(asked), _which(asked), caller().id, _relied_on()
    answer = Response(content_type=f"{EVENT_STREAM}; charset=utf-8", headers={"Cache-Control": "no-store"})
    if request.method != "HEAD":
        answer.call_on_close(take_stream())
        found = pages(after, lasting=asked["wait"], limit=MOST_AT_ONCE, which=which)
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        answer.response = _sent(_while_allowed(found, app, key_id, acts))
    return answer


def _begin(asked: Json) -> int:
    """A browser that comes back says which event it got last."""
    last = request.headers.get("Last-Event-ID")
    if last is not None:
        return int(checked(Stream, {"after": last})["after"])
    return settled() if asked["after"] is None else int(asked["after"])


def _sent(found: Iterable[list[Json]]) -> Iterator[str]:
    """The lines of a stream; in a long silence one that says nothing, so that a reader who is gone is noticed."""
    yield "retry: 2000\n\n"
    spoken = time.monotonic()
    for items in found:
        if items or time.monotonic() - spoken > SILENCE:
            spoken = time.monotonic()
            yield "".join(map(_line, items)) or HEARTBEAT


def _while_allowed(found: Generator[Page], app: Flask, key_id: int, acts: Collection[Act]) -> Iterator[list[Json]]:
    """What is found, each time in a context of its own, until the key is no longer good for it."""
    with closing(found):
        while True:
            with app.app_context():
                items, cursor = next(found, ([], None))
                if cursor is None or not _allowed(key_id, acts):
                    return
            yield items


def _line(item: Json) -> str:
    return f"id: {item['sequence']}\ndata: {json.dumps(item)}\n\n"


def _allowed(key_id: int, acts: Collection[Act]) -> bool:
    with reading():
        key = db.session.get_one(ApiKey, key_id)
        return key.live and all(map(key.allows, acts))


def _relied_on() -> list[Act]:
    """What the caller must go on to be allowed, for what is shown to him to stay his to see."""
    return [act for act in (Act.READ_EVENTS, Act.READ_AUDIT) if caller().allows(act)]


def _first(found: Iterable[Page]) -> Json:
    """The first page with anything on it, else the last."""
    answer: Json = {}
    for items, cursor in found:
        answer = {"items": items, "next": cursor}
        if items:
            break
    return answer


def _which(asked: Json) -> sa.ColumnElement[bool]:
    """What is asked for, of what the caller may see: settings, keys and the like are told to admins only."""
    seen = EVERY if caller().allows(Act.READ_AUDIT) else open_to_the_team()
    about = EVERY if asked["case"] is None else _case(asked["case"])
    return sa.and_(named([asked["name"]]), about, seen)


def _case(uuid: UUID) -> sa.ColumnElement[bool]:
    try:
        return Event.case_id == case_by_uuid(uuid).id
    except NotFound as error:
        raise Invalid(error.message, field="case") from None

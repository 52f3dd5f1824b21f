"""Requests that are safe to repeat: with an ``Idempotency-Key`` a write happens once, and its answer is given again.

The answer is stored in the transaction of the act itself. A repeat that comes while the first is at work waits for it,
ten seconds at most. The hash covers what was parsed, not the bytes, since the boundaries of a form differ each time.

What keeps a request waiting is told by PostgreSQL, which locks a key, but not by SQLite, which locks everything: there
this process remembers which keys it is working on.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, request
from sqlalchemy.exc import OperationalError

from app.answers import GivenAnswer, answer_to, answered
from app.api.auth import caller
from app.api.wire import FORMS, json_body
from app.database import gave_up
from app.errors import Conflict, Invalid
from app.extensions import db
from app.transaction import reading, transaction

HEADER = "Idempotency-Key"
KEY = re.compile(r"[!-~]{1,255}", re.ASCII)
PATIENCE = 10_000
CHUNK = 64 * 1024

_WORKED_ON: set[tuple[int, str]] = set()


def once(act: Callable[[], Response], *, secret: bool) -> Response:
    """Act in a transaction; where the request names a key that was used before, give the answer of that time.

    Raises Invalid for a bad key, or for one that was used for another request; Conflict while the first request with it
    is still being worked on.
    """
    key = _key()
    if key is None:
        with transaction():
            return act()
    digest = _digest()
    claimed = False
    with _working_on(key) as repeated:
        try:
            with transaction(patience=PATIENCE):
                given, claimed = answer_to(caller().id, key), True
                return _again(given, digest) if given.digest else _first(given, digest, act, secret=secret)
        except OperationalError as error:
            if claimed or not (repeated and gave_up(error)):
                raise
            raise Conflict("A request with this Idempotency-Key is still being worked on. Please try again.") from None


@contextmanager
def _working_on(key: str) -> Iterator[bool]:
    """Remember the key meanwhile. Says whether one who waits long for his turn waits for another with the same key."""
    mine = (caller().id, key)
    repeated = mine in _WORKED_ON
    _WORKED_ON.add(mine)
    try:
        yield repeated or db.engine.dialect.name == "postgresql"
    finally:
        if not repeated:
            _WORKED_ON.discard(mine)


def answered_before() -> bool:
    """Whether this request names a key that has been used, so that nothing need be got ready for it."""
    key = _key()
    with reading():
        return key is not None and answered(caller().id, key)


def _key() -> str | None:
    key = request.headers.get(HEADER)
    if key is not None and not KEY.fullmatch(key):
        raise Invalid("This must be 1 to 255 printable ASCII characters without blanks.", field=HEADER)
    return key


def _first(given: GivenAnswer, digest: str, act: Callable[[], Response], *, secret: bool) -> Response:
    answer = act()
    given.digest = digest
    if not secret:
        given.status, given.content = answer.status_code, answer.get_data()
        given.headers = {name: value for name, value in answer.headers.items() if name in {"Content-Type", "ETag"}}
    return answer


def _again(given: GivenAnswer, digest: str) -> Response:
    if given.digest != digest:
        raise Invalid("This key was used for another request before. Use a new one for each request.", field=HEADER)
    if given.status is None:
        raise Conflict("This was done before. Its answer held a secret, which is shown once and not kept.")
    answer = Response(given.content, status=given.status, headers=given.headers)
    answer.headers["Idempotent-Replayed"] = "true"
    return answer


def _digest() -> str:
    """What makes this request another one than others: where it goes, and what it says."""
    said = [request.method, request.path, sorted(request.args.items(multi=True)), _said()]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _said() -> Any:
    if request.mimetype in FORMS:  # whose bytes may be read already
        files = [(name, file.filename, _checksum(file.stream)) for name, file in request.files.items(multi=True)]
        return [sorted(request.form.items(multi=True), key=str), sorted(files, key=str)]
    if request.is_json:
        return json_body()
    return hashlib.sha256(request.get_data()).hexdigest()


def _checksum(stream: Any) -> str:
    digest = hashlib.sha256()
    stream.seek(0)
    while piece := stream.read(CHUNK):
        digest.update(piece)
    stream.seek(0)
    return digest.hexdigest()

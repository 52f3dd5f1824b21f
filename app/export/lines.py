"""Cases as lines of JSON, each with its whole history (NDJSON), as an import takes them."""

import json
from typing import BinaryIO

from app.export.facts import Json
from app.export.history import Posts

CONTENT_TYPE = "application/x-ndjson"


def write_case(out: BinaryIO, facts: Json, posts: Posts) -> None:
    """A case as one JSON object, post by post, so that an endless one is never held as a whole."""
    out.write(_json(facts)[:-1] + b', "messages": [')
    for number, post in enumerate(posts):
        out.write((b", " if number else b"") + _json(post))
    out.write(b"]}")


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()

"""Answers of the API, and its description, in gzip, for callers who take it and where it is worth it.

A page that holds a secret beside what a stranger wrote is never compressed: how long it gets would tell of the secret.
"""

import gzip
from collections.abc import Collection

from flask import Response, request

WORTH_IT = 1024
LEVEL = 5
KINDS = frozenset({"application/json", "application/problem+json"})


def compress(response: Response, kinds: Collection[str] = KINDS) -> Response:
    """The same answer, shorter. Its version stays what it is: it names what is shown, not how it travels."""
    if response.mimetype not in kinds or response.is_streamed or response.content_encoding:
        return response
    response.vary.add("Accept-Encoding")
    content = response.get_data()
    if len(content) >= WORTH_IT and request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(content, LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response

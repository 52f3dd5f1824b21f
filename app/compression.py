"""Answers of the API, its description, and our styles and scripts in gzip, for callers who take it, if it is worth it.

A page that holds a secret beside what a stranger wrote is never compressed: how long it gets would tell of the secret.
"""

import gzip
from collections.abc import Collection
from http import HTTPStatus

from flask import Response, request

WORTH_IT = 1024
LEVEL = 5
KINDS = frozenset({"application/json", "application/problem+json"})
# Which of its two names a script has depends on the system that Casey runs on.
OURS = frozenset({"text/css", "text/javascript", "application/javascript"})


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


def compress_static(response: Response) -> Response:
    """The same for files of our own, which are the same for everybody and tell nothing."""
    if request.endpoint in {"static", "contact.widget"} and response.status_code == HTTPStatus.OK:
        response.direct_passthrough = False
        response.make_sequence()
        compress(response, OURS)
    return response

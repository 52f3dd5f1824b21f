"""Bodies that several routes take."""

from flask import request

from app.api.casey.schemas import Empty
from app.api.wire import body


def no_body() -> None:
    """The call takes none, or an empty object. Raises Invalid, naming what else was sent."""
    if request.content_length:
        body(Empty())

"""Forms that bring files: how much is read at all, and what is left lying."""

from flask import request
from werkzeug.wrappers import Response

from app.files.sizes import LARGEST_TOGETHER

ROOM = 2 * 1024 * 1024  # for the text, and for what a form puts around files


def too_much() -> bool:
    """Whether more comes than files may weigh together, so that it is better not read."""
    return (request.content_length or 0) > LARGEST_TOGETHER + ROOM


def close_copies(response: Response) -> Response:
    """Nobody needs the copies of the files any more."""
    request.close()
    return response

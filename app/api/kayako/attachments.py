"""The contents of files, by addresses that nobody guesses."""

from typing import TypeVar

from flask import Response

from app.api.archives import archive_of
from app.api.auth import caller, check_allowed
from app.api.kayako.routing import bp
from app.api.kayako.signing_in import check_scope
from app.api.wire import checked_text
from app.cases.attachments import Attachment
from app.cases.downloads import lasting_file, lasting_files
from app.errors import NotFound
from app.files.downloads import download
from app.files.pictures import KIND, thumbnail_of
from app.people.access import Act

Found = TypeVar("Found")


@bp.get("/attachments/<token>")
def view(token: str) -> Response:
    """A file, to be seen where it is a picture. It asks for credentials once its post is older than 30 days."""
    found = _opened(token)
    return download(found.file, found.name, found.content_type, inline=True)


@bp.get("/attachments/<token>/download")
def save(token: str) -> Response:
    """The same, to be saved."""
    found = _opened(token)
    return download(found.file, found.name, found.content_type)


@bp.get("/attachments/<token>/thumbnail")
def thumbnail(token: str) -> Response:
    """The small picture of one."""
    found = _opened(token)
    small = thumbnail_of(found.file)
    if small is None:
        raise NotFound("There is no small picture of this file.")
    return download(small, found.name, KIND, inline=True)


@bp.get("/attachments/all/<token>")
def save_all(token: str) -> Response:
    """All files of a post as one archive, under the same conditions."""
    return archive_of(_checked(*lasting_files(checked_text(token))))


def _opened(token: str) -> Attachment:
    """What an address opens."""
    return _checked(*lasting_file(checked_text(token)))


def _checked(found: Found, open_to_all: bool) -> Found:
    """What an address opens by itself while its post is young, and later for those who may read cases."""
    if not open_to_all:
        check_allowed(caller(), Act.READ_CASES)
        check_scope("conversations", writes=False)
    return found

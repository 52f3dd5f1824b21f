"""Handing a content to a browser, so that nothing in it can do anything there."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote

from flask import Response, request
from werkzeug.wsgi import FileWrapper, wrap_file

from app.files.archives import archived
from app.files.kept import Kept
from app.files.models import File
from app.files.storing import PIECE, open_file, opening

# Pictures that browsers show without running anything, and how each begins.
PICTURES = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}
LONGEST_BEGINNING = 12
ARCHIVE = "application/zip"
GUARDED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def download(file: File, name: str, content_type: str, *, inline: bool = False) -> Response:
    """The content as a file to be saved; a picture may be shown, if that is asked for. Raises Gone when it is lost."""
    content = open_file(file)
    try:
        picture = picture_type(_beginning(file)) if inline else None
        return _answer(
            file, content, picture or content_type, _disposition("inline" if picture else "attachment", name)
        )
    except BaseException:
        content.close()
        raise


def download_together(files: Sequence[tuple[str, File]], name: str, at: datetime) -> Response:
    """The contents of several files, each by its name, as one archive that is made while it is sent."""
    contents = [(one, Kept(file.sha256, file.size)) for one, file in files]
    return archive(archived(contents, at, opening()), name)


def archive(pieces: Iterable[bytes], name: str) -> Response:
    """An archive that is made while it is sent, as a file to be saved."""
    response = Response(pieces, content_type=ARCHIVE)
    response.headers.update({**GUARDED, "Content-Disposition": _disposition("attachment", name)})
    return response


def _beginning(file: File) -> bytes:
    """The first bytes, opened for themselves: servers send a file from where its descriptor stands."""
    with open_file(file) as content:
        return content.read(LONGEST_BEGINNING)


def _answer(file: File, content: BinaryIO, content_type: str, disposition: str) -> Response:
    # What servers bring to send files by cannot begin in the middle of one; ours can.
    sent = FileWrapper(content, PIECE) if "Range" in request.headers else wrap_file(request.environ, content)
    response = Response(sent, content_type=content_type, direct_passthrough=True)
    response.content_length = file.size
    response.set_etag(file.sha256)
    response.headers.update({**GUARDED, "Content-Disposition": disposition})
    response.make_conditional(request.environ, accept_ranges=True, complete_length=file.size)
    return response


def _disposition(kind: str, name: str) -> str:
    """RFC 6266: the name in full for those who read RFC 5987, and what ASCII can say of it for all others."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    simple = "".join("_" if sign in '"\\%' or not sign.isprintable() else sign for sign in plain).strip(" .") or "file"
    return f"{kind}; filename=\"{simple}\"; filename*=UTF-8''{quote(name, safe='')}"


def picture_type(beginning: bytes) -> str | None:
    """Which kind of picture begins like this, whatever it is called."""
    found = next((kind for kind, starts in PICTURES.items() if beginning.startswith(starts)), None)
    return None if found == "image/webp" and beginning[8:12] != b"WEBP" else found

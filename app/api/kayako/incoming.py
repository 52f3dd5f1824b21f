"""Files that are sent by themselves: as the body of a request, or as the parts of a form.

They are kept before the transaction of the call is opened, since the disk takes its time.
"""

import base64
import binascii
import hashlib
import mimetypes
from typing import Any

from flask import request
from werkzeug.http import parse_options_header

from app.api.kayako.bodies import FORMS, wished
from app.api.uploads import is_form, uploaded
from app.api.wire import checked_text
from app.cases.attachments import ANY_TYPE
from app.cases.content import NewFile
from app.errors import Invalid
from app.files.sizes import check_sizes
from app.files.storing import keep

FILES = "files"
UNNAMED = "file"
CHECKSUM = "Content-MD5"

Json = dict[str, Any]


def arriving() -> Json:
    """The files of this request. Raises Invalid, also for a body that is another than its checksum says."""
    files = uploaded(lambda _name: None, field=FILES) if is_form() else _whole()
    if not files:
        raise Invalid("This field is required: a file, as the body or in a form.", field=FILES)
    return {FILES: files}


def _whole() -> list[NewFile]:
    """The body as a file."""
    check_sizes([request.content_length or 0], field=FILES)
    content = request.get_data()
    check_sizes([len(content)], field=FILES)
    if not content:
        return []
    _check_sum(content)
    name = _name()
    return [NewFile(name, _kind(name), keep(content))]


def _name() -> str:
    """What the file is called: in the query, or in the header Content-Disposition (RFC 6266)."""
    _, options = parse_options_header(request.headers.get("Content-Disposition"))
    return checked_text(wished().get("_filename") or options.get("filename") or UNNAMED)


def _kind(name: str) -> str:
    """What it is said to be. Programs that send anything as a form say nothing by that."""
    said = request.mimetype
    return said if said and said not in FORMS else mimetypes.guess_type(name)[0] or ANY_TYPE


def _check_sum(content: bytes) -> None:
    given = request.headers.get(CHECKSUM) or wished().get("_md5")
    digest = hashlib.md5(content, usedforsecurity=False).digest()
    if given and digest not in _digests(given.strip()):
        raise Invalid("The content is not the one that this checksum is of.", field=CHECKSUM)


def _digests(given: str) -> set[bytes]:
    """What a checksum may mean: in base64, as in RFC 1864, or in hexadecimal digits."""
    found = set()
    for read in (base64.b64decode, binascii.unhexlify):
        try:
            found.add(read(given))
        except ValueError:
            continue
    return found

"""Files that come with a call: in a form, or by addresses from which we fetch them.

They are kept before the transaction of the call is opened, since disk and network take their time.
"""

import os
from collections.abc import Callable, Iterable

from flask import Response, after_this_request, request
from werkzeug.datastructures import FileStorage

from app.api.idempotency import answered_before
from app.api.wire import DEEPEST, checked_text, parsed_json
from app.cases.content import NewFile
from app.errors import Invalid, Malformed
from app.files.fetching import SECONDS, Unfetchable, fetch
from app.files.kept import Kept
from app.files.sizes import check_sizes
from app.files.storing import keep
from app.patience import Patience

JSON = "json"
UNFETCHED = "The file at this address could not be fetched."


def is_form() -> bool:
    """Whether the body of this request is a form with files."""
    return request.mimetype == "multipart/form-data"


def form_members() -> object:
    """What a form says: the JSON in its field ``json``, and each further field as a text; a dot leads into an object.

    Raises Malformed for JSON that is none, Invalid for a member that is given twice.
    """
    found = parsed_json(request.form[JSON].encode()) if JSON in request.form else {}
    if isinstance(found, dict):
        for name, value in request.form.items(multi=True):
            if name != JSON:
                _put(found, _checked_path(name), checked_text(value))
    return found


def _checked_path(name: str | None) -> str:
    """The name of a field, which a browser always sends, and which leads no deeper than JSON may. Raises Malformed."""
    if name is None:
        raise Malformed("Every part of a form must have a name.")
    if name.count(".") >= DEEPEST:
        raise Malformed(f"A name in the form leads more than {DEEPEST} levels deep.")
    return checked_text(name)


def _put(found: dict[str, object], path: str, value: str) -> None:
    outer, _, rest = path.partition(".")
    if not rest:
        if outer in found:
            raise Invalid("This is given twice.", field=path)
        found[outer] = value
        return
    inner = found.setdefault(outer, {})
    if not isinstance(inner, dict):
        raise Invalid("This is given twice.", field=outer)
    _put(inner, rest, value)


def files_given(urls: Iterable[str], content_id: Callable[[str], str | None], *, field: str) -> list[NewFile]:
    """The files of a call: those of its form, as ``uploaded`` has them, and those at these addresses.

    Nothing is fetched again for a request that was answered before.
    """
    files = uploaded(content_id, field=field) if is_form() else []
    if urls and not answered_before():
        add_fetched(files, urls)
    return files


def uploaded(content_id: Callable[[str], str | None], *, field: str) -> list[NewFile]:
    """The files of a form, kept. Raises TooLarge for too much, naming the field.

    ``content_id`` tells by the name of a part what HTML calls its file, if anything; it raises Invalid for a part that
    is not to be there.
    """
    parts = list(request.files.items(multi=True))
    after_this_request(_close)
    ids = [content_id(_checked_path(name)) for name, _ in parts]
    check_sizes((_size(file) for _, file in parts), field=field)
    return [_kept(file, inline) for (_, file), inline in zip(parts, ids, strict=True) if file.filename]


def _close(response: Response) -> Response:
    """Nobody needs the copies of the request any more."""
    request.close()
    return response


def _size(file: FileStorage) -> int:
    return file.stream.seek(0, os.SEEK_END)


def _kept(file: FileStorage, content_id: str | None) -> NewFile:
    content = keep(file.stream)  # type: ignore[arg-type]
    return NewFile(str(file.filename), file.mimetype, content, content_id, inline=content_id is not None)


def add_fetched(files: list[NewFile], urls: Iterable[str]) -> None:
    """Add what is at these addresses to the files of a call. Raises Invalid or TooLarge.

    All of them together have the time that one has, since a thread of ours waits for them.
    """
    with Patience(SECONDS) as patience:
        for number, url in enumerate(urls):
            files.append(_fetched(url, patience, f"attachment_urls.{number}"))
            kept = (one.content.size for one in files if isinstance(one.content, Kept))
            check_sizes(kept, field=f"attachment_urls.{number}")


def _fetched(url: str, patience: Patience, field: str) -> NewFile:
    """The file at this address, kept. Raises Invalid, in the same words whatever is wrong."""
    try:
        found = fetch(url, patience)
    except Unfetchable:
        raise Invalid(UNFETCHED, field=field) from None
    return NewFile(found.name, found.content_type, found.content)

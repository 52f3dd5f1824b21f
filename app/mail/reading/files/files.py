"""The files of a mail: everything in it that is not text to be read, byte by byte."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from app.mail.reading.bodies import Body
from app.mail.reading.files.names import content_id_of, guessed_type, name_of
from app.mail.reading.files.winmail import unpacked
from app.mail.reading.incoming import Part
from app.mail.reading.source import Source, content_of
from app.text import told_apart

MOST = 200
TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
PICTURE_IN_TEXT = re.compile(r"cid:([^\"'\s<>)]{1,300})", re.IGNORECASE)


def files_of(parts: list[Source], bodies: list[Body]) -> tuple[Part, ...]:
    """The files, each with a name of its own. Those beyond very many are left to the raw mail, see ``note_on``."""
    shown = {unquote(id) for body in bodies for id in PICTURE_IN_TEXT.findall(body.html)}
    found = [one for part in parts[:MOST] for one in _files(part, shown)][:MOST]
    names = told_apart([one.name for one in found])
    return tuple(replace(one, name=name) for one, name in zip(found, names, strict=True))


def note_on(parts: list[Source]) -> list[str]:
    """What is to be said when there are more files than are taken out of a mail."""
    more = len(parts) - MOST
    return [f"({more} more files of this mail are kept in its original alone.)"] if more > 0 else []


def _files(part: Source, shown: set[str]) -> Iterator[Part]:
    kind, id, name, content = _kind(part), content_id_of(part), name_of(part), content_of(part)
    inline = bool(id) and kind.startswith("image/") and (id in shown or part.get_content_disposition() == "inline")
    yield Part(name, kind, content, id or None, inline)
    if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        yield from (Part(inner or "file", guessed_type(inner), found) for inner, found in unpacked(content))


def _kind(part: Source) -> str:
    found = part.get_content_type()
    return found if TYPE.fullmatch(found) else "application/octet-stream"

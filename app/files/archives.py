"""Several contents as one archive (zip), made while it is sent: at no time more than a piece of it is held.

Everything is deflated, since some programs read nothing else from an archive whose sizes stand behind its contents.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import IO, BinaryIO, cast
from unicodedata import category, normalize
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.files.kept import Kept
from app.files.storing import PIECE
from app.text import told_apart

# What some system takes for something else than a part of a name, and what it takes for no file at all.
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\.|$)", re.IGNORECASE)
LONGEST_NAME = 120
MISSING = "This file is no longer there.\n"
OLDEST = datetime(1980, 1, 1, tzinfo=UTC)  # an archive knows nothing older

Opening = Callable[[Kept], BinaryIO]

log = logging.getLogger(__name__)


def entry_names(names: Sequence[str]) -> list[str]:
    """What these files are called in an archive: no paths, nothing that leads out of a folder, and no name twice."""
    return told_apart([_safe(name) for name in names], longest=LONGEST_NAME)


def _safe(name: str) -> str:
    seen = "".join(one for one in normalize("NFC", name) if category(one) != "Cf")
    found = UNSAFE.sub("_", seen).strip(" .")
    found = f"_{found}" if DEVICE.match(found) or found.startswith("-") else found
    stem, dot, ending = found.rpartition(".")
    if dot and len(ending) < LONGEST_NAME // 2:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return found[:LONGEST_NAME] or "file"


def archived(contents: Sequence[tuple[str, Kept]], at: datetime, opened: Opening) -> Iterator[bytes]:
    """The archive, piece by piece. For a content that the store has lost, a text says so."""
    out = _Outgoing()
    with ZipFile(cast(IO[bytes], out), "w") as archive:
        for name, (_, kept) in zip(entry_names([name for name, _ in contents]), contents, strict=True):
            try:
                content = opened(kept)
            except FileNotFoundError:
                log.error("content missing sha256=%s", kept.sha256)
                archive.writestr(_entry(f"{name} (missing).txt", at), MISSING)
                continue
            with content, archive.open(_entry(name, at), "w") as to:
                while piece := content.read(PIECE):
                    to.write(piece)
                    yield from out.taken()
    yield from out.taken()


def _entry(name: str, at: datetime) -> ZipInfo:
    info = ZipInfo(name, max(at, OLDEST).timetuple()[:6])
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
    return info


class _Outgoing:
    """What was written and has not been sent yet. Nobody goes back in it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """What was written is there already."""

    def taken(self) -> list[bytes]:
        """All of it, from now on to be forgotten."""
        found, self._pieces = self._pieces, []
        return found

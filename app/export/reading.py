"""Reading an archive that comes from outside, so that it can neither grow without measure nor reach anything else.

Nothing is ever written under a name that it has: its members are read, and only those whose names we give.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - it is a class

from app.errors import Invalid
from app.export.archive import CASE, MAILS

MEGABYTE = 1024 * 1024
LARGEST = {CASE: 60 * MEGABYTE, MAILS: 400 * MEGABYTE}
LARGEST_FILE = 60 * MEGABYTE
LARGEST_TOGETHER = 500 * MEGABYTE
LARGEST_DIRECTORY = 4 * MEGABYTE
MOST_MEMBERS = 10_000
MOST_TIMES = 200  # so many times smaller a member may be than what it becomes
FREE = MEGABYTE  # what is no larger may be as much smaller as it likes
UNREADABLE = "This is not an archive (zip) that can be read."
FILE = re.compile(r"attachments/[^/\\\x00-\x1f]{1,255}")
END = b"PK\x05\x06"  # the end of central directory record (APPNOTE.TXT 4.3.16)
SHORTEST_END, LONGEST_END = 22, 22 + 65_535
LARGE_END, LARGE_END_FOUND = b"PK\x06\x07", 20  # right before it: another end, which counts instead (4.3.15)


class Archive:
    """The members of an archive, whose names and sizes have been looked at."""

    def __init__(self, found: ZipFile) -> None:
        self._found = found
        self.names = frozenset(found.namelist())

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """A member. Raises Invalid when it is not what the archive says it is."""
        try:
            with self._open(name) as member:
                yield member
        except (BadZipFile, ZlibError, EOFError) as error:
            raise Invalid(f"The member {name} of the archive is damaged.") from error

    def _open(self, name: str) -> IO[bytes]:
        try:
            return self._found.open(name)
        except (ValueError, NotImplementedError) as error:
            raise BadZipFile from error


@contextmanager
def archive_in(content: BinaryIO) -> Iterator[Archive]:
    """An archive. Raises Invalid for one that is none, or not like those that an export makes."""
    _check_directory(content)
    with _read(content) as found:
        _check(found.infolist())
        yield Archive(found)


def _read(content: BinaryIO) -> ZipFile:
    try:
        return ZipFile(content)
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise Invalid(UNREADABLE) from error


def _check_directory(content: BinaryIO) -> None:
    """Raises Invalid for a list of members that would take much memory by itself."""
    size = content.seek(0, 2)
    content.seek(max(size - LONGEST_END, 0))
    tail = content.read()
    start = tail.rfind(END, 0, len(tail) - SHORTEST_END + len(END))
    if start < 0:
        raise Invalid(UNREADABLE)
    if tail[max(start - LARGE_END_FOUND, 0) : start].startswith(LARGE_END):
        raise Invalid("The archive must have the end that archives of up to 4 GB have (no zip64).")
    if int.from_bytes(tail[start + 12 : start + 16], "little") > LARGEST_DIRECTORY:
        raise Invalid(f"There are more than {MOST_MEMBERS:,} members in the archive.")
    content.seek(0)


def _check(members: list[ZipInfo]) -> None:
    names = [one.filename for one in members]
    if len(names) > MOST_MEMBERS:
        raise Invalid(f"There are more than {MOST_MEMBERS:,} members in the archive.")
    if CASE not in names or len(set(names)) < len(names):
        raise Invalid(f"There must be one {CASE} in the archive, and no name twice.")
    for one in members:
        _check_member(one)
    if sum(one.file_size for one in members) > LARGEST_TOGETHER:
        raise Invalid(f"What is in the archive must be at most {LARGEST_TOGETHER // MEGABYTE} MB large.")


def _check_member(one: ZipInfo) -> None:
    if one.filename not in LARGEST and (not FILE.fullmatch(one.filename) or "/.." in one.filename):
        raise Invalid(f"There must be nothing in the archive but {CASE}, {MAILS} and attachments/.")
    if one.flag_bits & 1 or one.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise Invalid(f"The member {one.filename} must be neither encrypted nor packed by anything but deflate.")
    most = LARGEST.get(one.filename, LARGEST_FILE)
    if one.file_size > most or one.file_size > max(one.compress_size * MOST_TIMES, FREE):
        raise Invalid(f"The member {one.filename} is too large, or far larger than what it was packed into.")

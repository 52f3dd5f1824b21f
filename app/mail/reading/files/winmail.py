"""Unpacking winmail.dat (TNEF), the box in which Outlook sends files to itself. It can be made to take for ever."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from tnefparse import TNEF, TNEFAttachment

from app.mail.reading.charsets import decoded
from app.mail.reading.files.names import fit

LARGEST = 30 * 1024 * 1024
MOST = 100
SECONDS = 1.0


class TooLong(BaseException):
    """Unpacking takes too long. Not an Exception, since the library swallows those."""


def unpacked(content: bytes) -> list[tuple[str, bytes]]:
    """The files in it, by name; none at all when anything about it is wrong."""
    if len(content) > LARGEST:
        return []
    # The library overlooks a last object that is very small, unless something follows it.
    padded = content + bytes(TNEF.MIN_OBJ_SIZE)
    try:
        with _time_limit():
            found = [(_name(one), bytes(one.data)) for one in TNEF(padded, do_checksum=False).attachments[:MOST]]
    except (Exception, TooLong):
        return []
    return found if sum(len(inner) for _, inner in found) <= LARGEST else []


def _name(attachment: TNEFAttachment) -> str:
    """What the file is called; in no charset in particular, when its name is an old one."""
    try:
        return fit(attachment.long_filename())
    except UnicodeDecodeError:
        return fit(decoded(attachment._name))


@contextmanager
def _time_limit() -> Iterator[None]:
    """Allow this process a second of work; the time that the machine gives to others does not count."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)

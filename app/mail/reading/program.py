"""The program that reads mails in a process of its own, for ``room``; what a mail does to it hurts nobody else.

It is run as a file, and so that it starts fast and small it imports nothing of the application but the parser. It ends
with its parent: its input ends then, and an alarm ends a reading that takes too long for that to be noticed.
"""

import json
import resource
import signal
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from app.mail.reading.incoming import Incoming

MEMORY = 512 * 1024 * 1024
ALONE_SECONDS = 15
LENGTH = struct.Struct(">I")


def send(pipe: IO[bytes], frame: bytes) -> None:
    """Write some bytes with their length before them."""
    pipe.write(LENGTH.pack(len(frame)))
    pipe.write(frame)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read what was sent; None when the other side has gone."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    [length] = LENGTH.unpack(head)
    frame = pipe.read(length)
    return frame if len(frame) == length else None


def answer(raw: bytes, parse: Callable[[bytes], "Incoming"]) -> list[bytes]:
    """A mail, read: ``{"mail": {...}}`` or ``{"unreadable": "why"}`` as JSON, and then the bytes of each file."""
    try:
        mail = parse(raw)
        told = json.dumps({"mail": mail}, ensure_ascii=False, default=_without_bytes).encode("utf-8", "replace")
        return [told, *(file.content for file in mail.files)]
    except MemoryError:
        why = "parse_memory"
    except Exception as error:
        why = f"parse_failed: {type(error).__name__}"
    return [json.dumps({"unreadable": why}).encode()]


def _without_bytes(value: object) -> dict[str, object]:
    return {name: said for name, said in vars(value).items() if not isinstance(said, bytes)}


def main() -> None:
    """Read one mail after the other, until there are no more. An empty frame says that we are ready."""
    _obey_the_parent_alone()
    _leave_the_application_out()
    from app.crash import CrashPoint, crash_point
    from app.mail.reading.parsing import parse

    send(sys.stdout.buffer, b"")
    while (raw := receive(sys.stdin.buffer)) is not None:
        signal.alarm(ALONE_SECONDS)
        crash_point(CrashPoint.READER_READING)
        for frame in answer(raw, parse):
            send(sys.stdout.buffer, frame)
        signal.alarm(0)


def _obey_the_parent_alone() -> None:
    """Ctrl-C, or a supervisor that stops all of us, must not look like a mail that kills its reader."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    with suppress(ValueError, OSError):  # not every system can limit it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _leave_the_application_out() -> None:
    """Make packages ``app`` and ``app.mail`` whose ``__init__``, which brings everything along, is not run."""
    here = Path(__file__).parent
    for name, place in (("app", here.parents[1]), ("app.mail", here.parent)):
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__path__ = [str(place)]


if __name__ == "__main__":
    main()

"""Where mails are read: in a process that is kept, limited in time and memory, and replaced when a mail harms it."""

import atexit
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.mail.reading import program
from app.mail.reading.incoming import Forward, Incoming, Named, Part, Report
from app.people.addresses import key_of
from app.text import storable

SECONDS = 10.0
MAILS_EACH = 500

log = logging.getLogger(__name__)


class NoReader(Exception):
    """No reader could be started. That is no fault of the mail."""


@dataclass(frozen=True)
class Unreadable:
    """A mail that cannot be read, and why: it took too long, or too much memory, or broke its reader."""

    reason: str


class Reader:
    """One reading process. It is good until a mail has harmed it, or until it has read its share."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", str(Path(program.__file__))]
        try:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError as error:
            raise NoReader(str(error)) from error
        self.left = MAILS_EACH
        self.late = False
        assert self.process.stdin
        assert self.process.stdout
        self.ask, self.answer = self.process.stdin, self.process.stdout
        with self._in_time():
            ready = program.receive(self.answer)
        if ready is None:
            self.end()
            raise NoReader("the reading process does not start")

    @property
    def good(self) -> bool:
        return self.left > 0 and self.process.poll() is None

    def read(self, raw: bytes) -> dict[str, Any]:
        """What it answers, see ``program.answer``; the bytes of each file stand with it."""
        self.left -= 1
        try:
            with self._in_time():
                program.send(self.ask, raw)
                said: dict[str, Any] = json.loads(self._frame())
                for file in said.get("mail", {}).get("files", ()):
                    file["content"] = self._frame()
        except (BrokenPipeError, EOFError):
            return {"unreadable": "parse_timeout" if self.late else "parse_died"}
        return said

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Whatever takes too long is ended with its process."""
        alarm = threading.Timer(SECONDS, self._too_late)
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()

    def _frame(self) -> bytes:
        frame = program.receive(self.answer)
        if frame is None:
            raise EOFError
        return frame

    def _too_late(self) -> None:
        self.late = True
        self.process.kill()

    def end(self) -> None:
        self.process.kill()
        with suppress(OSError):
            self.process.communicate()


class Room:
    """The one reader of this process, for all its threads; started when it is first needed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.reader: Reader | None = None

    def read(self, raw: bytes) -> dict[str, Any]:
        with self.lock:
            try:
                said = self._good_reader().read(raw)
            except BaseException:  # the end of a job, say: the rest of an answer must not become the next one's
                self._dismiss()
                raise
            if "unreadable" in said:
                self._dismiss()
            return said

    def _good_reader(self) -> Reader:
        if self.reader and not self.reader.good:
            self._dismiss()
        self.reader = self.reader or Reader()
        return self.reader

    def _dismiss(self) -> None:
        if self.reader:
            self.reader.end()
        self.reader = None

    def close(self) -> None:
        """Send the reader home. The next mail gets another one."""
        with self.lock:
            self._dismiss()


_room = Room()
atexit.register(_room.close)


def read(raw: bytes) -> Incoming | Unreadable:
    """Read a mail, safely. Raises NoReader when that is not possible at the moment."""
    said = _room.read(raw)
    if "unreadable" in said:
        log.warning("mail cannot be read reason=%s", said["unreadable"])
        return Unreadable(said["unreadable"])
    return _incoming(**said["mail"])


def _incoming(**said: Any) -> Incoming:
    """What was read, as it was before it went through the pipe; addresses as persons are known by them."""
    visible, report, forward = said["visible"], said["report"], said["forward"]
    return Incoming(
        **said
        | {
            "sender": said["sender"] and storable(key_of(said["sender"])),
            "in_reply_to": tuple(said["in_reply_to"]),
            "references": tuple(said["references"]),
            "visible": None if visible is None else tuple((start, end) for start, end in visible),
            "recipients": tuple(storable(key_of(address)) for address in said["recipients"]),
            "copied": tuple(_named(**one) for one in said["copied"]),
            "files": tuple(Part(**one) for one in said["files"]),
            "report": report and Report(**{name: _frozen(value) for name, value in report.items()}),
            "forward": forward and Forward(**forward | {"sender": _named(**forward["sender"])}),
        }
    )


def _named(address: str, name: str) -> Named:
    return Named(storable(key_of(address)), name)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value

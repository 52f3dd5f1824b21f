"""Where mails are read: in a process that is kept, limited in time and memory, and replaced when a mail harms it."""

import atexit
import json
import logging
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.mail.reading import program
from app.mail.reading.incoming import Incoming
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
        if program.receive(self.answer) is None:
            self.end()
            raise NoReader("the reading process does not start")

    @property
    def good(self) -> bool:
        return self.left > 0 and self.process.poll() is None

    def read(self, raw: bytes) -> dict[str, Any]:
        """What it answers, see ``program.answer``."""
        self.left -= 1
        alarm = threading.Timer(SECONDS, self._too_late)
        alarm.start()
        try:
            program.send(self.ask, raw)
            found = program.receive(self.answer)
        except BrokenPipeError:
            found = None
        finally:
            alarm.cancel()
        if found is None:
            return {"unreadable": "parse_timeout" if self.late else "parse_died"}
        said: dict[str, Any] = json.loads(found)
        return said

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


def _incoming(*, sender: str | None, in_reply_to: list[str], references: list[str], **rest: Any) -> Incoming:
    return Incoming(
        sender=sender and storable(key_of(sender)),
        in_reply_to=tuple(in_reply_to),
        references=tuple(references),
        **rest,
    )

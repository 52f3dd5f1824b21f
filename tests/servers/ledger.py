"""The record of accepted mails, which a checker compares with the database afterwards."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from tests.reading import AS_READ


@dataclass(frozen=True)
class Accepted:
    """A mail with its envelope. The bounce address is `mail_from` ""."""

    mail_from: str
    rcpt_tos: tuple[str, ...]
    message_id: str | None
    sha256: str
    time: datetime
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=AS_READ)


class Ledger:
    """A file of records: one line of JSON, then the raw mail, whose `size` the line tells, then a line break."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._path.touch()

    def write(self, mail_from: str, rcpt_tos: list[str], raw: bytes) -> Accepted:
        """Record the mail, and return when it is on the disk."""
        accepted = Accepted(
            mail_from=mail_from,
            rcpt_tos=tuple(rcpt_tos),
            message_id=_message_id(raw),
            sha256=sha256(raw).hexdigest(),
            time=datetime.now(UTC),
            raw=raw,
        )
        with self._path.open("ab") as file:
            file.write(_line(accepted) + raw + b"\n")
            file.flush()
            os.fsync(file.fileno())
        return accepted

    def read(self) -> list[Accepted]:
        with self._path.open("rb") as file:
            return list(_records(file))


def _line(accepted: Accepted) -> bytes:
    record = {
        "mail_from": accepted.mail_from,
        "rcpt_tos": accepted.rcpt_tos,
        "message_id": accepted.message_id,
        "sha256": accepted.sha256,
        "time": accepted.time.isoformat(),
        "size": len(accepted.raw),
    }
    return json.dumps(record).encode() + b"\n"


def _records(file: BinaryIO) -> Iterator[Accepted]:
    while line := file.readline():
        record = json.loads(line)
        raw = file.read(record.pop("size"))
        file.readline()
        record["rcpt_tos"] = tuple(record["rcpt_tos"])
        record["time"] = datetime.fromisoformat(record["time"])
        yield Accepted(**record, raw=raw)


def _message_id(raw: bytes) -> str | None:
    found = BytesHeaderParser().parsebytes(raw)["Message-ID"]
    return None if found is None else str(found).strip()

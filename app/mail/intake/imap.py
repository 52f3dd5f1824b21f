"""What we ask an IMAP server for, once we are signed in."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from app.clock import now
from app.mail.reading.parsing import message_id_of

INBOX = "INBOX"
PROCESSED = "Processed"
HEADER_BYTES = 64 * 1024
LONGEST_RECEIVED = 2000


class Refused(Exception):
    """The server did not do one thing that it was asked for. We can go on."""


@dataclass(frozen=True)
class Glance:
    """What a server tells about a mail without sending it."""

    size: int
    message_id: str


@contextmanager
def _refusable(what: str) -> Iterator[None]:
    try:
        yield
    except IMAPClientAbortError:
        raise
    except IMAPClientError as error:
        raise Refused(f"{what}: {error}") from error


def open_folder(client: IMAPClient, folder: str) -> int:
    """Select a folder. Returns its UIDVALIDITY."""
    return _number(client.select_folder(folder), b"UIDVALIDITY")


def _number(told: Mapping[bytes, Any], name: bytes) -> int:
    if name not in told:
        raise IMAPClientError(f"the server does not tell the {name.decode()} of a folder")
    return int(told[name])


def next_uid(client: IMAPClient, folder: str) -> int:
    """The least UID that the next mail in this folder can have."""
    client.noop()  # or a server tells what it knew when the folder was selected
    return _number(client.folder_status(folder, ["UIDNEXT"]), b"UIDNEXT")


def end_of_processed(client: IMAPClient) -> tuple[int, int]:
    """UIDVALIDITY, and the UID of the last mail, of the folder for what has been taken in; made at its first use.

    Raises Refused where there cannot be one.
    """
    with _refusable(f"the folder {PROCESSED} cannot be used"):
        if not client.folder_exists(PROCESSED):
            client.create_folder(PROCESSED)
        state = client.folder_status(PROCESSED, ["UIDVALIDITY", "UIDNEXT"])
        return _number(state, b"UIDVALIDITY"), _number(state, b"UIDNEXT") - 1


def all_uids(client: IMAPClient) -> list[int]:
    """Every mail in the selected folder. Never by UNSEEN or date: after an outage nothing may be skipped."""
    return sorted(int(uid) for uid in client.search("ALL"))


def uids_after(client: IMAPClient, uid: int) -> list[int]:
    """The mails in the selected folder above this UID. (``n:*`` means the last one, too, when it is below n.)"""
    return sorted(int(found) for found in client.search(["UID", f"{uid + 1}:*"]) if found > uid)


def glance(client: IMAPClient, uids: list[int]) -> dict[int, Glance]:
    """Size and Message-ID of each mail; mails that have gone meanwhile are left out."""
    found = client.fetch(uids, ["RFC822.SIZE", "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"]) if uids else {}
    return {
        uid: Glance(int(items[b"RFC822.SIZE"]), message_id_of(_header(items)))
        for uid, items in sorted(found.items())
        if b"RFC822.SIZE" in items
    }


def _header(items: dict[bytes, Any]) -> bytes:
    """The header that was asked for; servers differ in how they repeat what that was."""
    return next((bytes(value or b"") for key, value in items.items() if key.startswith(b"BODY[HEADER")), b"")


def came_in(client: IMAPClient, uids: list[int]) -> dict[int, datetime]:
    """When each mail came to our server: by what that wrote into the mail, which outlasts every move and migration.

    One of which the server does not tell it counts as new, since rather nothing is lost.
    """
    found = client.fetch(uids, ["INTERNALDATE", "BODY.PEEK[HEADER.FIELDS (RECEIVED)]"]) if uids else {}
    return {uid: _received(_header(items)) or items.get(b"INTERNALDATE") or now() for uid, items in found.items()}


def _received(headers: bytes) -> datetime | None:
    """The moment in the topmost Received header (RFC 5321, 4.4)."""
    topmost = re.split(rb"\r?\n(?![ \t])", headers.lstrip()[:LONGEST_RECEIVED], maxsplit=1)[0]
    try:
        moment = parsedate_to_datetime(topmost.rpartition(b";")[2].decode("ascii", "replace").strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def content(client: IMAPClient, uid: int) -> bytes | None:
    """The bytes of a mail, without marking it as read; None when it has gone. Raises Refused."""
    return _fetched(client, uid, "BODY.PEEK[]", b"BODY[]")


def headers(client: IMAPClient, uid: int) -> bytes | None:
    """Its headers alone, and not too many of them. Raises Refused."""
    return _fetched(client, uid, f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>", b"BODY[HEADER]<0>")


def _fetched(client: IMAPClient, uid: int, what: str, key: bytes) -> bytes | None:
    with _refusable(f"mail {uid} cannot be read"):
        found = client.fetch([uid], [what]).get(uid, {}).get(key)
    return bytes(found) if found is not None else None


def put_away(client: IMAPClient, uids: list[int]) -> None:
    """Move mails to the folder of those taken in. Raises Refused."""
    if uids:
        with _refusable(f"mails cannot be moved to {PROCESSED}"):
            _move(client, uids)


def _move(client: IMAPClient, uids: list[int]) -> None:
    """RFC 6851; else copy, mark, and expunge these alone (RFC 4315)."""
    if client.has_capability("MOVE"):
        client.move(uids, PROCESSED)
        return
    client.copy(uids, PROCESSED)
    client.delete_messages(uids, silent=True)
    if client.has_capability("UIDPLUS"):
        client.uid_expunge(uids)
    else:
        client.expunge()

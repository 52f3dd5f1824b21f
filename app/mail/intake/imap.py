"""The IMAP server that holds our mailbox, through imapclient: every call has a timeout, TLS is verified."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from app.config import settings
from app.mail.reading.parsing import message_id_of

INBOX = "INBOX"
PROCESSED = "Processed"
HEADER_BYTES = 64 * 1024
TIMEOUT = SocketTimeout(connect=15, read=30)  # less than half the lease under which we read

# What any server or network can do to us; imapclient lets the errors of sockets and of TLS through as they are.
TROUBLE = (IMAPClientError, OSError)


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


@contextmanager
def signed_in() -> Iterator[IMAPClient]:
    """A connection to the configured mailbox. Raises one of TROUBLE."""
    known = settings()
    context = ssl.create_default_context()
    tls = known.imap_encryption == "tls"
    client = IMAPClient(
        str(known.imap_server),
        port=known.imap_port,
        ssl=tls,
        ssl_context=context if tls else None,
        timeout=TIMEOUT,
        use_uid=True,
    )
    try:
        if known.imap_encryption == "starttls":
            client.starttls(context)
        client.login(known.imap_username or known.mail_address, known.imap_password or "")
        yield client
    finally:
        _leave(client)


def _leave(client: IMAPClient) -> None:
    try:
        client.logout()
    except TROUBLE:  # the work is done; a server that hangs up first is no trouble
        with suppress(*TROUBLE):
            client.shutdown()


def open_folder(client: IMAPClient, folder: str) -> int:
    """Select a folder. Returns its UIDVALIDITY."""
    return int(client.select_folder(folder)[b"UIDVALIDITY"])


def end_of_processed(client: IMAPClient) -> tuple[int, int]:
    """UIDVALIDITY, and the UID of the last mail, of the folder for what has been taken in; made at its first use.

    Raises Refused where there cannot be one.
    """
    with _refusable(f"the folder {PROCESSED} cannot be used"):
        if not client.folder_exists(PROCESSED):
            client.create_folder(PROCESSED)
        state = client.folder_status(PROCESSED, ["UIDVALIDITY", "UIDNEXT"])
        return int(state[b"UIDVALIDITY"]), int(state[b"UIDNEXT"]) - 1


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


def content(client: IMAPClient, uid: int) -> bytes | None:
    """The bytes of a mail, without marking it as read; None when it has gone."""
    return _fetched(client, uid, "BODY.PEEK[]", b"BODY[]")


def headers(client: IMAPClient, uid: int) -> bytes | None:
    """Its headers alone, and not too many of them."""
    return _fetched(client, uid, f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>", b"BODY[HEADER]<0>")


def _fetched(client: IMAPClient, uid: int, what: str, key: bytes) -> bytes | None:
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

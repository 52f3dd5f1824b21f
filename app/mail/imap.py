"""The IMAP server that holds our mailbox, through imapclient: every call has a timeout, TLS is verified."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from app.config import settings

INBOX = "INBOX"
PROCESSED = "Processed"
HEADER_BYTES = 64 * 1024
TIMEOUT = SocketTimeout(connect=15, read=60)

# What any server or network can do to us; imapclient lets the errors of sockets and of TLS through as they are.
TROUBLE = (IMAPClientError, OSError)


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


def open_inbox(client: IMAPClient) -> int:
    """Select the inbox and make sure there is a place for what has been taken in. Returns UIDVALIDITY."""
    if not client.folder_exists(PROCESSED):
        client.create_folder(PROCESSED)
    return int(client.select_folder(INBOX)[b"UIDVALIDITY"])


def all_uids(client: IMAPClient) -> list[int]:
    """Every mail in the selected folder. Never by UNSEEN or date: after an outage nothing may be skipped."""
    return sorted(int(uid) for uid in client.search("ALL"))


def sizes(client: IMAPClient, uids: list[int]) -> dict[int, int]:
    """The size of each mail, in bytes; mails that have gone meanwhile are left out."""
    return {uid: int(found[b"RFC822.SIZE"]) for uid, found in client.fetch(uids, ["RFC822.SIZE"]).items()}


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
    """Move mails to the folder of those taken in (RFC 6851; else copy, mark and expunge these alone, RFC 4315)."""
    if not uids:
        return
    if client.has_capability("MOVE"):
        client.move(uids, PROCESSED)
        return
    client.copy(uids, PROCESSED)
    client.delete_messages(uids, silent=True)
    if client.has_capability("UIDPLUS"):
        client.uid_expunge(uids)
    else:
        client.expunge()

"""Whether a mail came from ourselves, or goes round in circles."""

from app.config import settings
from app.mail.reading.incoming import Incoming
from app.mail.sending.composing.letter import LOOP_HEADER
from app.mail.tokens import read_token
from app.people.addresses import is_ours

MOST_HOPS = 100
LOOP = LOOP_HEADER.lower()
CONTROL = "x-casey-"


def own_loop_header(mail: Incoming) -> str | None:
    """We sent this ourselves."""
    found = settings().main_domain in mail.headers.get(LOOP, [])
    return "it carries our own loop header" if found else None


def own_message_id(mail: Incoming) -> str | None:
    """We made this Message-ID."""
    return "its Message-ID is one of ours" if read_token(mail.message_id) else None


def own_address(mail: Incoming) -> str | None:
    """It claims to be from our own address."""
    return "it is from our own address" if mail.sender and is_ours(mail.sender) else None


def too_many_hops(mail: Incoming) -> str | None:
    """It has been going round in circles."""
    hops = len(mail.headers.get("received", []))
    return f"it has {hops} Received headers" if hops > MOST_HOPS else None


def control_header(mail: Incoming) -> str | None:
    """It names a header as if it could give us orders. Nothing but our loop header is ever read."""
    found = next((name for name in mail.headers if name.startswith(CONTROL) and name != LOOP), None)
    return f"it has the header {found[:40]}, which is ignored" if found else None

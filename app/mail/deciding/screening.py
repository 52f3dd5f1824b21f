"""What kind of mail this is: small named rules, each of which is recorded with the mail as hit or miss.

A rule says whether it applies, and why. Rules only look; what follows from them is decided in ``deciding``.
"""

import re
from collections.abc import Callable

from app.config import settings
from app.mail.reading.incoming import Incoming
from app.mail.sending.composing import LOOP_HEADER
from app.mail.tokens import read_token
from app.people.addresses import is_ours

Rule = Callable[[Incoming], str | None]

MOST_HOPS = 100
ROBOT_PRECEDENCE = {"bulk", "junk", "list", "auto_reply"}
ROBOT_NAMES = {"mailer-daemon", "postmaster"}


def own_loop_header(mail: Incoming) -> str | None:
    """We sent this ourselves."""
    found = settings().main_domain in mail.headers.get(LOOP_HEADER.lower(), [])
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


def auto_submitted(mail: Incoming) -> str | None:
    """A program says that it wrote this (RFC 3834, 5)."""
    said = re.sub(r"\(.*?\)", "", mail.header("auto-submitted")[:500]).partition(";")[0].strip().lower()
    return f"Auto-Submitted: {said[:40]}" if said and said != "no" else None


def bulk_precedence(mail: Incoming) -> str | None:
    """It was sent to many, or by an answering machine."""
    said = mail.header("precedence").strip().lower()
    return f"Precedence: {said}" if said in ROBOT_PRECEDENCE else None


def auto_reply_header(mail: Incoming) -> str | None:
    """An answering machine marked it. X-Auto-Response-Suppress is a request, not such a mark."""
    found = next((name for name in ("x-autoreply", "x-autorespond", "x-autoresponder") if mail.header(name)), None)
    return f"it has the header {found}" if found else None


def mailing_list(mail: Incoming) -> str | None:
    """It came through a list (RFC 2919, RFC 2369)."""
    found = next((name for name in mail.headers if name in {"list-id", "list-unsubscribe", "list-post"}), None)
    return f"it has the header {found}" if found else None


def null_sender(mail: Incoming) -> str | None:
    """It must not be answered (RFC 5321, 4.5.5)."""
    return "its Return-Path is empty" if mail.header("return-path").strip() == "<>" else None


def daemon(mail: Incoming) -> str | None:
    """It is from a mail system."""
    local = (mail.sender or "").partition("@")[0]
    return f"it is from {local}" if local in ROBOT_NAMES else None


def delivery_report(mail: Incoming) -> str | None:
    """It reports on the delivery of another mail (RFC 6522)."""
    return "it is a delivery report" if mail.content_type == "multipart/report" else None


LOOPS: tuple[Rule, ...] = (own_loop_header, own_message_id, own_address)
CIRCLES: tuple[Rule, ...] = (too_many_hops,)
REPORTS: tuple[Rule, ...] = (delivery_report,)
ROBOTS: tuple[Rule, ...] = (auto_submitted, bulk_precedence, auto_reply_header, mailing_list, null_sender, daemon)

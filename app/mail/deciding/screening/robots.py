"""Whether a machine wrote a mail: such a mail is kept, but answers nothing and is answered by nothing."""

import re

from app.mail.reading.incoming import Incoming

ROBOT_PRECEDENCE = {"bulk", "junk", "list", "auto_reply"}
ROBOT_NAMES = {"mailer-daemon", "postmaster"}


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
    return f"it is from {local}" if is_daemon(mail.sender or "") else None


def is_daemon(address: str) -> bool:
    """Whether a mail system writes from this address."""
    return address.partition("@")[0] in ROBOT_NAMES

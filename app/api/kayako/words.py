"""The words and numbers of Kayako's wire for what Casey calls otherwise, and the other way round."""

import hmac
from collections.abc import Mapping

from app.cases.models import Case, Priority, State, Status
from app.cases.statuses import custom_status_of
from app.config import deployed

TYPES: Mapping[Status, str] = {
    Status.NEW: "NEW",
    Status.OPEN: "OPEN",
    Status.WAITING: "PENDING",
    Status.RESOLVED: "COMPLETED",
    Status.CLOSED: "CLOSED",
}
CUSTOM = "CUSTOM"
# The five statuses that there always are have the first numbers, those of the operator's own come far behind.
NUMBERS: Mapping[Status, int] = {status: number for number, status in enumerate(Status, 1)}
OWN = 100
STATES: Mapping[State, str] = {
    State.ACTIVE: "ACTIVE",
    State.PENDING: "SUSPENDED",
    State.SPAM: "SUSPENDED",
    State.TRASH: "TRASH",
}
# How much a case presses, from the least on; the number of a priority is its level too.
LEVELS: Mapping[Priority, int] = {priority: level for level, priority in enumerate(Priority, 1)}
LABELS: Mapping[Priority, str] = {
    Priority.LOW: "Low",
    Priority.NORMAL: "Normal",
    Priority.HIGH: "High",
    Priority.CRITICAL: "Urgent",
}


def status_id(case: Case) -> int:
    """The number of where a case stands: that of its own status, else of the core one."""
    own = custom_status_of(case)
    return OWN + own.id if own else NUMBERS[case.status]


MAIL, NOTE, HELPCENTER = "MAIL", "NOTE", "HELPCENTER"
# What a case or a post came through. What is sent by a call is answered by mail.
CHANNELS: Mapping[str, str] = {"mail": MAIL, "api": MAIL, "import": MAIL, "web": HELPCENTER, "portal": HELPCENTER}
# Channels that Casey does not speak: they are kept and shown, and nothing is sent there.
UNSPOKEN: Mapping[str, str] = {
    "facebook": "FACEBOOK",
    "fb_chat": "FACEBOOK",
    "twitter": "TWITTER",
    "live_chat": "MESSENGER",
}


def told_channel(channel: str) -> str:
    """What Kayako calls a channel; one that he does not know by our name for it."""
    return CHANNELS.get(channel) or UNSPOKEN.get(channel) or channel.upper()


def kept_channel(channel: str) -> str:
    """What Casey calls a channel of Kayako's."""
    known = {"MAIL": "mail", "MESSENGER": "live_chat", "HELPCENTER": "web"}
    return known.get(channel, channel.lower())


def realtime_channel(kind: str, number: int) -> str:
    """What the channel of a thing would be called, which nobody can guess; nothing is told there."""
    name = hmac.digest(deployed().secret_key.encode(), f"realtime:{kind}:{number}".encode(), "sha256")
    return f"presence-{name.hex()}@v1_{kind}_{number}"

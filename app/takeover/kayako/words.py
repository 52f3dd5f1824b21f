"""What Kayako says of a case, in our words."""

from collections.abc import Mapping

from app.cases.forms import LONGEST_TITLE, form_by_title
from app.cases.models import Priority, Status
from app.cases.statuses import LONGEST_LABEL, create_status, status_by_label
from app.errors import CaseyError, NotFound
from app.takeover.answers import Json

STATUSES: Mapping[str, Status] = {
    "NEW": Status.NEW,
    "OPEN": Status.OPEN,
    "PENDING": Status.WAITING,
    "COMPLETED": Status.RESOLVED,
    "CLOSED": Status.CLOSED,
}
CUSTOM = "CUSTOM"
LEVELS = [*Priority]
CHANNELS = {"MAIL": "mail", "HELPCENTER": "web", "MESSENGER": "live_chat"}
LONGEST_WORD = 40


def standing_of(status: Json) -> Json:
    """Where a case stands. A status of the account's own is made where it is new, and behaves like open."""
    if status["type"] != CUSTOM:
        return {"status": STATUSES[status["type"]]}
    label = status["label"].strip()[:LONGEST_LABEL]
    try:
        own = status_by_label(label)
    except NotFound:
        try:
            own = create_status(label, Status.OPEN, by=None)
        except CaseyError:  # there are too many, or a deleted one stands elsewhere
            return {"status": Status.OPEN}
    return {"status": own.base, "custom_status": own.label}


def priority_of(priority: Json | None) -> Priority:
    """By its level, of which there may be more than here."""
    return LEVELS[min(max(int(priority["level"]), 1), len(LEVELS)) - 1] if priority else Priority.NORMAL


def channel_of(channel: Json | None) -> str:
    """What a case or a post came through; mail where it is not said."""
    kind = str(channel["type"]) if channel else "MAIL"
    return CHANNELS.get(kind, kind.lower())[:LONGEST_WORD]


def type_of(type: Json | None) -> str | None:
    """One of the four that everybody knows, else its label, as a word."""
    if not type:
        return None
    return str(type["label"] if type["type"] == CUSTOM else type["type"]).lower()[:LONGEST_WORD]


def form_of(form: Json | None) -> str | None:
    """The title of the form, if there is one of this title here."""
    try:
        return form_by_title(form["title"][:LONGEST_TITLE]).title if form else None
    except NotFound:
        return None

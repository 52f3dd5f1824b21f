"""Why something became of a mail, in words for the team and in the language of its reader."""

from typing import Any

from app.mail.deciding.reasons import SENTENCES
from app.translating import lazily

OF_OTHERS = {
    "loop": lazily("It came from ourselves."),
    "receipt_or_complaint": lazily("It is a receipt, or a complaint by a program."),
    "delivery_report": lazily("It is a report about a mail."),
    "bounce_unknown": lazily("It reports on a mail that is not ours."),
    "third_party_rejected": lazily("Its sender is not in the case, and mails of others are turned away here."),
    "rejected_by_team": lazily("The team turned it away."),
    "too_large": lazily("It is too large."),
    "too_many_hops": lazily("It has gone in circles."),
}


def why(reason: str | None) -> Any:
    """A reason in plain words. Of what has none the reader is told nothing: the operator finds it with the mail."""
    sentence = SENTENCES.get(reason or "")
    return lazily(sentence) if sentence else OF_OTHERS.get(reason or "", "")

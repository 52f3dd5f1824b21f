"""Why something became of a mail, in words for the team and in the language of its reader."""

from typing import Any

from app.mail.deciding.reasons import SENTENCES
from app.translating import lazily

# What those who decide say in English, so that the catalogs hold it.
OF_HELD_MAILS = (
    lazily("Its sender is not in the case, and unknown here."),
    lazily("Its sender is not in the case."),
    lazily("It claims to be from one of the team, and nothing proves that."),
    lazily("Our mail server says that its sender is forged."),
    lazily("Its sender has been blocked or disabled."),
    lazily("Its sender has an address that cannot be written to."),
    lazily("It does not say whom it is from."),
    lazily("It does not name exactly one sender."),
    lazily("The address of its sender is too long."),
    lazily("Its sender cannot be read."),
    lazily("Its sender can be read in two ways."),
    lazily("It is from one of the team, and belongs to no case."),
    lazily("Its sender is not in the case, and mails open no cases here."),
    lazily("The case is closed, and closed cases cannot be reopened here."),
    lazily("The case has not been confirmed yet."),
    lazily("The case is marked as spam."),
    lazily("The case is in the trash."),
    lazily("Its sender has opened too many cases within an hour."),
    lazily("Its sender has written too many mails on this case within an hour."),
    lazily("It gives an order that cannot be carried out."),
    lazily("It cannot become a message, for its length say."),
    lazily("It cannot become a message, since the case takes none now."),
    lazily("It cannot become a message, since its sender may not write here."),
)
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

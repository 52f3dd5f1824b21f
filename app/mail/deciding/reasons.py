"""Why a mail is held, in sentences for the team."""

from app.translating import marked

SENTENCES = {
    "unknown_sender": marked("Its sender is not in the case, and unknown here."),
    "not_a_participant": marked("Its sender is not in the case."),
    "team_member_unproven": marked("It claims to be from one of the team, and nothing proves that."),
    "authentication_failed": marked("Our mail server says that its sender is forged."),
    "sender_blocked": marked("Its sender has been blocked or disabled."),
    "address_refused": marked("Its sender has an address that cannot be written to."),
    "no_sender": marked("It does not say whom it is from."),
    "two_senders": marked("It does not name exactly one sender."),
    "sender_too_long": marked("The address of its sender is too long."),
    "sender_unreadable": marked("Its sender cannot be read."),
    "sender_ambiguous": marked("Its sender can be read in two ways."),
    "from_team_without_case": marked("It is from one of the team, and belongs to no case."),
    "mail_opens_no_cases": marked("Its sender is not in the case, and mails open no cases here."),
    "case_closed": marked("The case is closed, and closed cases cannot be reopened here."),
    "case_pending": marked("The case has not been confirmed yet."),
    "case_spam": marked("The case is marked as spam."),
    "case_trash": marked("The case is in the trash."),
    "flood": marked("Its sender has opened too many cases within an hour."),
    "storm": marked("Its sender has written too many mails on this case within an hour."),
    "order_refused": marked("It gives an order that cannot be carried out."),
    "invalid": marked("It cannot become a message, for its length say."),
    "conflict": marked("It cannot become a message, since the case takes none now."),
    "forbidden": marked("It cannot become a message, since its sender may not write here."),
}
# What admitting the mail would not mend: it is refused, or what was wrong with the mail stays wrong.
BEYOND_ADMITTING = {
    "sender_blocked",
    "address_refused",
    "no_sender",
    "two_senders",
    "sender_too_long",
    "sender_unreadable",
    "sender_ambiguous",
    "case_pending",
    "case_spam",
    "case_trash",
    "order_refused",
    "invalid",
}


def sentence(reason: str) -> str:
    """A reason in plain words."""
    return SENTENCES.get(reason, f"It needs somebody to decide ({reason}).")


def admissible(reason: str) -> bool:
    """Whether the team gets further by admitting a mail that is held for this."""
    return reason not in BEYOND_ADMITTING

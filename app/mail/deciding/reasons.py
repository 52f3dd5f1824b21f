"""Why a mail is held, in sentences for the team."""

SENTENCES = {
    "unknown_sender": "Its sender is not in the case, and unknown here.",
    "not_a_participant": "Its sender is not in the case.",
    "team_member_unproven": "It claims to be from one of the team, and nothing proves that.",
    "authentication_failed": "Our mail server says that its sender is forged.",
    "sender_blocked": "Its sender has been blocked or disabled.",
    "address_refused": "Its sender has an address that cannot be written to.",
    "mail_opens_no_cases": "Its sender is not in the case, and mails open no cases here.",
    "case_closed": "The case is closed, and closed cases cannot be reopened here.",
    "case_pending": "The case has not been confirmed yet.",
    "flood": "Its sender has opened too many cases within an hour.",
    "storm": "Its sender has written too many mails on this case within an hour.",
    "order_refused": "It gives an order that cannot be carried out.",
    "invalid": "It cannot become a message, for its length say.",
}


def sentence(reason: str) -> str:
    """A reason in plain words."""
    return SENTENCES.get(reason, f"It needs somebody to decide ({reason}).")

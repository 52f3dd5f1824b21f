"""How much a form may weigh, said before any of it is read: reading one costs time, whoever it is that sends it."""

from flask import Flask, request

KILOBYTE = 1024
BUTTONS, TEXTS = 64 * KILOBYTE, 2 * 1024 * KILOBYTE
# Buttons, an address, a choice: what carries neither files nor long texts.
OF_BUTTONS = frozenset(
    {
        "acts",
        "confirm",
        "helpful",
        "operator_deliveries",
        "operator_inbound",
        "queue",
        "renewal",
        "sign_in",
        "team_case_mails",
        "team_case_people",
    }
)
OF_TEXTS = frozenset(
    {"operator_mailboxes", "operator_settings", "operator_webhooks", "preferences", "rate", "team_case_facts"}
)


def bound_bodies(app: Flask) -> None:
    """Take no more of a form than its page can fill in; the rest say themselves what their files may weigh."""

    @app.before_request
    def bound() -> None:
        if request.blueprint in OF_BUTTONS:
            request.max_content_length = BUTTONS
        elif request.blueprint in OF_TEXTS:
            request.max_content_length = TEXTS

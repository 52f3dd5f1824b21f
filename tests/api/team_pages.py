"""The pages of the team: whoever is not signed in is sent to where he can, whatever he asks for or sends."""

import re

SIGNED_IN = "a session of a member of the team"
ANYTHING = "01a22200-0000-7000-8000-000000000001"
CASE, OPERATOR = "/team/cases/<uuid:uuid>", "/team/operator"
READ = (
    *("/team", "/team/preferences", CASE, f"{CASE}/files/<uuid:file>", f"{CASE}/fields/<key>", OPERATOR),
    f"{CASE}/mails/<uuid:mail>",
    *(f"{OPERATOR}/{one}" for one in ("mailboxes", "mailboxes/new", "settings", "settings/<name>", "webhooks/new")),
    *(f"{OPERATOR}/{one}{which}" for one in ("deliveries", "inbound", "webhooks") for which in ("", "/<uuid:uuid>")),
)
WRITTEN = (
    "/team/sign-out",
    *(f"/team/preferences{one}" for one in ("", "/sessions/<uuid:uuid>/end", "/sessions/end-others")),
    *(f"{CASE}/{one}" for one in ("reply", "insert", "note", "read", "mute", "unmute", "take", "decline", "assign")),
    *(f"{CASE}/{one}" for one in ("labels", "priority", "status", "fields", "merge")),
    *(f"{CASE}/mails/<uuid:mail>/{one}" for one in ("admit", "reject")),
    *(f"{CASE}/participants{one}" for one in ("", "/<uuid:person>/remove")),
    f"{CASE}/deliveries/<uuid:delivery>/retry",
    f"{OPERATOR}/deliveries/<uuid:uuid>/retry",
    *(f"{OPERATOR}/inbound/<uuid:uuid>/{one}" for one in ("admit", "reject", "replay")),
    *(f"{OPERATOR}/settings/<name>{one}" for one in ("", "/forget")),
    f"{OPERATOR}/mailboxes/new",
    *(f"{OPERATOR}/mailboxes/<uuid:uuid>/{one}" for one in ("pause", "resume", "remove")),
    f"{OPERATOR}/webhooks/new",
    f"{OPERATOR}/webhooks/<uuid:uuid>/<any(test, disable, enable):act>",
    *(f"{OPERATOR}/webhooks/<uuid:uuid>/{one}" for one in ("secret", "delete")),
    f"{OPERATOR}/webhooks/<uuid:uuid>/deliveries/<uuid:delivery>/redeliver",
)
PAGES = [*(("GET", one) for one in READ), *(("POST", one) for one in WRITTEN)]


def an_address(rule: str) -> str:
    """An address that fits a rule."""
    return (
        re.sub(r"<uuid:\w+>", ANYTHING, rule)
        .replace("<name>", "language")
        .replace("<key>", "colour")
        .replace("<any(test, disable, enable):act>", "test")
    )

"""Mailboxes on servers."""

from app.api.casey.views.shapes import Json, Shape, a_flag, a_moment, a_number, a_text, a_uuid, moment
from app.clock import now
from app.mail.intake.overview import Standing
from app.overrides import MASK


class MailboxAnswer(Shape):
    """A mailbox on a server, its password masked."""

    uuid = a_uuid()
    address = a_text()
    server = a_text()
    port = a_number()
    encryption = a_text()
    auth = a_text()
    username = a_text(null=True)
    password = a_text(null=True)
    of_settings = a_flag()
    state = a_text()
    trouble = a_text(null=True)
    next_at = a_moment(null=True)
    synced_at = a_moment(null=True)
    undecided = a_number()
    holes = a_number(null=True)
    compared_at = a_moment(null=True)
    token_age = a_number(null=True, help="In seconds.")


def mailbox_view(standing: Standing) -> Json:
    """A mailbox on a server, its password masked. ``token_age`` is in seconds."""
    mailbox, account, obtained = standing.mailbox, standing.account, standing.token_obtained_at
    return {
        "uuid": str(mailbox.uuid),
        "address": account.address,
        "server": account.server,
        "port": account.port,
        "encryption": account.encryption,
        "auth": account.auth,
        "username": account.username,
        "password": MASK if account.password else None,
        "of_settings": standing.row is None,
        "state": standing.state,
        "trouble": mailbox.trouble,
        "next_at": moment(mailbox.next_at),
        "synced_at": moment(mailbox.synced_at),
        "undecided": standing.undecided,
        "holes": mailbox.holes,
        "compared_at": moment(mailbox.compared_at),
        "token_age": int((now() - obtained).total_seconds()) if obtained else None,
    }

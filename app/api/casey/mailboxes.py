"""Mailboxes on servers: how each stands, and further ones besides that of the settings."""

from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields

from app.api.auth import caller
from app.api.casey.routing import Answer, route
from app.api.casey.schemas import TEXTS, Page, Strict, flag, text
from app.api.casey.views import Json, moment, page
from app.api.wire import body, query
from app.clock import now
from app.config.settings import checked
from app.errors import Conflict
from app.mail.intake.accounts import MailboxAccount
from app.mail.intake.further_mailboxes import add_mailbox, change_mailbox, remove_mailbox
from app.mail.intake.overview import Standing, mailbox_by_uuid, mailboxes_page
from app.overrides import MASK
from app.people.access import Act
from app.transaction import transaction


class Like(fields.Field[Any]):
    """A value that must be what a setting must be."""

    def __init__(self, setting: str, **options: Any) -> None:
        super().__init__(error_messages={**TEXTS}, **options)
        self.setting = setting

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        try:
            return checked(self.setting, value)
        except ValueError as error:
            raise ValidationError(f"This {error}.") from None


class NewMailbox(Strict):
    """Body of POST /mailboxes. Without a user name the address is it."""

    address = Like("mailAddress", required=True)
    server = Like("imapServer", required=True)
    port = Like("imapPort", load_default=993)
    encryption = Like("imapEncryption", load_default="tls")
    auth = Like("imapAuth", load_default="password")
    username = Like("imapUsername", load_default=None)
    password = text(1000, load_default=None, allow_none=True)


class MailboxChange(Strict):
    """Body of PATCH /mailboxes/{uuid}."""

    address = Like("mailAddress")
    server = Like("imapServer")
    port = Like("imapPort")
    encryption = Like("imapEncryption")
    auth = Like("imapAuth")
    username = Like("imapUsername")
    password = text(1000, allow_none=True)
    paused = flag()


@route("/mailboxes", "GET", Act.READ_CONFIG)
def index() -> Answer:
    """Mailboxes, that of the settings among them."""
    asked = query(Page())
    found = mailboxes_page(after=asked["cursor"] or 0, limit=asked["limit"])
    return page(
        [mailbox_view(one) for one in found], found[-1].mailbox.id if len(found) == asked["limit"] else None
    ), 200


@route("/mailboxes", "POST", Act.CHANGE_CONFIG)
def create() -> Answer:
    """Read a further mailbox from now on."""
    new = body(NewMailbox())
    with transaction():
        account = add_mailbox(new, by=caller().person)
        return mailbox_view(mailbox_by_uuid(account.mailbox.uuid)), 201


@route("/mailboxes/<uuid:uuid>", "GET", Act.READ_CONFIG)
def show(uuid: UUID) -> Answer:
    """One mailbox, and how it stands."""
    return mailbox_view(mailbox_by_uuid(uuid)), 200


@route("/mailboxes/<uuid:uuid>", "PATCH", Act.CHANGE_CONFIG)
def change(uuid: UUID) -> Answer:
    """Change how a mailbox is read, pause it, or resume it."""
    changes = body(MailboxChange())
    with transaction():
        change_mailbox(_further(uuid), changes, by=caller().person)
        return mailbox_view(mailbox_by_uuid(uuid)), 200


@route("/mailboxes/<uuid:uuid>", "DELETE", Act.CHANGE_CONFIG)
def remove(uuid: UUID) -> Answer:
    """Stop reading a mailbox. Its last state is the answer."""
    with transaction():
        found = mailbox_view(mailbox_by_uuid(uuid))
        remove_mailbox(_further(uuid), by=caller().person)
        return found, 200


def _further(uuid: UUID) -> MailboxAccount:
    row = mailbox_by_uuid(uuid).row
    if row is None:
        raise Conflict("This is the mailbox of the settings. POST /config changes it.")
    return row


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

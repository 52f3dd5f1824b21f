"""Mailboxes on servers: how each stands, and further ones besides that of the settings."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.schemas.mailboxes import MailboxChange, NewMailbox
from app.api.casey.views.mailboxes import MailboxAnswer, mailbox_view
from app.api.casey.views.shapes import page, page_of
from app.errors import Conflict
from app.mail.intake.accounts import MailboxAccount
from app.mail.intake.further_mailboxes import add_mailbox, change_mailbox, remove_mailbox
from app.mail.intake.overview import mailbox_by_uuid, mailboxes_page
from app.people.access import Act


@route("/mailboxes", "GET", Act.READ_CONFIG, asks=Page, answers=page_of(MailboxAnswer))
def index(asked: Json) -> Answer:
    """Mailboxes, that of the settings among them."""
    found = mailboxes_page(after=asked["cursor"] or 0, limit=asked["limit"])
    return page(
        [mailbox_view(one) for one in found], found[-1].mailbox.id if len(found) == asked["limit"] else None
    ), 200


@route("/mailboxes", "POST", Act.CHANGE_CONFIG, takes=NewMailbox, answers=MailboxAnswer, status=201)
def create(new: Json) -> Answer:
    """Read a further mailbox from now on."""
    account = add_mailbox(new, by=caller().person)
    return mailbox_view(mailbox_by_uuid(account.mailbox.uuid))


@route("/mailboxes/<uuid:uuid>", "GET", Act.READ_CONFIG, answers=MailboxAnswer)
def show(uuid: UUID) -> Answer:
    """One mailbox, and how it stands."""
    return mailbox_view(mailbox_by_uuid(uuid))


@route("/mailboxes/<uuid:uuid>", "PATCH", Act.CHANGE_CONFIG, takes=MailboxChange, answers=MailboxAnswer)
def change(uuid: UUID, new: Json) -> Answer:
    """Change how a mailbox is read, pause it, or resume it."""
    change_mailbox(_further(uuid), new, by=caller().person)
    return mailbox_view(mailbox_by_uuid(uuid))


@route("/mailboxes/<uuid:uuid>", "DELETE", Act.CHANGE_CONFIG, answers=MailboxAnswer)
def remove(uuid: UUID) -> Answer:
    """Stop reading a mailbox. Its last state is the answer."""
    found = mailbox_view(mailbox_by_uuid(uuid))
    remove_mailbox(_further(uuid), by=caller().person)
    return found


def _further(uuid: UUID) -> MailboxAccount:
    row = mailbox_by_uuid(uuid).row
    if row is None:
        raise Conflict("This is the mailbox of the settings. POST /config changes it.")
    return row

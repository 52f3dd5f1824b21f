"""Mailboxes on Kayako's wire: the one that the settings name, and further ones."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID, uuid5

from app.api.kayako.resources import Json, Resource, Shape, a_flag, a_moment, a_number, a_text, a_thing, reference
from app.api.kayako.views.channels import MAIN
from app.mail.our_addresses import OurMailbox, our_mailboxes

NAMESPACE = UUID("b1c2a1de-0d3c-5f86-9f5e-2f6a6c1b7d22")


class MailboxShape(Shape):
    """A mailbox."""

    id = a_number()
    uuid = a_text()
    service = a_text()
    encryption = a_text()
    address = a_text()
    prefix = a_text(none=True)
    host = a_text(none=True)
    port = a_number(none=True)
    username = a_text(none=True)
    brand = a_thing()
    is_default = a_flag()
    is_enabled = a_flag()
    created_at = a_moment()
    updated_at = a_moment()


def mailbox_id(mailbox: OurMailbox) -> int:
    """The number of a mailbox: that of the support address is the first."""
    return MAIN + mailbox.number


def every_mailbox() -> dict[int, OurMailbox]:
    """All of them by their numbers."""
    return {mailbox_id(one): one for one in our_mailboxes()}


def _mailboxes(rows: Sequence[OurMailbox], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": mailbox_id(one),
            "uuid": str(uuid5(NAMESPACE, str(one.number))),
            "service": "STANDARD",
            "encryption": one.encryption.upper(),
            "address": one.address,
            "prefix": None,
            "host": one.server,
            "port": one.port,
            "username": one.username,
            "brand": reference("brand", 1),
            "is_default": one.number == 0,
            "is_enabled": one.active,
            "created_at": one.created_at,
            "updated_at": one.created_at,
        }
        for one in rows
    ]


def _loaded(ids: Collection[int]) -> Mapping[int, OurMailbox]:
    return {number: one for number, one in every_mailbox().items() if number in ids}


MAILBOX = Resource("mailbox", MailboxShape, _mailboxes, _loaded, path="mailboxes/{}")

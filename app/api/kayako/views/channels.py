"""Channels on Kayako's wire: each by a uuid, which is made of its kind and its account."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid5

from marshmallow import fields

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_number, a_text, a_thing, reference
from app.api.kayako.words import MAIL, NOTE, told_channel

NAMESPACE = UUID("6f2b3b57-9f0c-5c8e-9b44-3c0f2f6d7a11")
# The mailbox of the support address.
MAIN = 1


@dataclass(frozen=True)
class Channel:
    """A kind of channel and, of mail, through which mailbox."""

    kind: str
    mailbox: int | None = None

    @property
    def uuid(self) -> str:
        return _uuid(f"{self.kind}:{self.mailbox or ''}")


@cache
def _uuid(name: str) -> str:
    """There are few channels, and each is named by many cases."""
    return str(uuid5(NAMESPACE, name))


class ChannelShape(Shape):
    """A channel."""

    uuid = fields.String()
    type = a_text("MAIL, HELPCENTER, NOTE, or one that Casey does not speak: FACEBOOK, TWITTER, MESSENGER.")
    character_limit = a_number(none=True)
    account = a_thing()


def channel_of(channel: str) -> Channel:
    """What a case or a post came through, by our word for it."""
    kind = told_channel(channel)
    return Channel(kind, MAIN if kind == MAIL else None)


def channel_ref(channel: Channel) -> Ref:
    """A reference to a channel. It is always at hand: what its uuid is made of cannot be read back from it."""
    return Ref("channel", channel.uuid, row=channel)


def spoken(mailboxes: Iterable[int]) -> list[Channel]:
    """The channels through which something can be written: mail by each mailbox, and notes."""
    return [*(Channel(MAIL, one) for one in mailboxes), Channel(NOTE)]


def _channels(rows: Sequence[Channel], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "uuid": one.uuid,
            "type": one.kind,
            "character_limit": None,
            "account": reference("mailbox", one.mailbox),
        }
        for one in rows
    ]


CHANNEL = Resource("channel", ChannelShape, _channels, key="uuid")

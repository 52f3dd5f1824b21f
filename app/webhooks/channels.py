"""Custom channels: places of an integrator's own where customers write, such as the chat of his app.

Cases of such a channel are opened and written to over HTTP. What the team answers is told to the webhook of the
channel, as other events are told to other webhooks: in order for each case, and again until it is taken.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case, Post
from app.clock import now
from app.errors import Conflict, NotFound
from app.events import Event, record
from app.extensions import Base, db
from app.mail.sending.masking.mask import mask
from app.people.models import TEAM_ROLES, IdentityKind, Person
from app.people.wording import one_line
from app.webhooks.endpoints import change_webhook, create_webhook, delete_webhook, disable_webhook, enable_webhook
from app.webhooks.models import Webhook

MOST = 50
LONGEST_TITLE = 200
LONGEST_ICON = 100
TOLD_OF = ["message_posted"]


class ChannelKind(StrEnum):
    """Whether people talk there at the same time, as in a chat, or one after the other, as by mail."""

    ASYNC = "async"
    SYNC = "sync"


class Channel(Base):
    """A custom channel. Cases name it by its ``key``."""

    __tablename__ = "channels"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(LONGEST_TITLE))
    kind: Mapped[ChannelKind] = mapped_column(default=ChannelKind.ASYNC)
    icon: Mapped[str] = mapped_column(sa.String(LONGEST_ICON), default="")
    webhook_id: Mapped[int | None] = mapped_column(sa.ForeignKey("webhooks.id"), unique=True)
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    webhook: Mapped[Webhook | None] = relationship(lazy="joined")

    @property
    def key(self) -> str:
        """What cases call it."""
        return f"cch{self.id}"


def channel_numbered(number: int) -> Channel:
    """Raises NotFound."""
    found = db.session.get(Channel, number)
    if found is None:
        raise NotFound("There is no such channel.")
    return found


def channels() -> list[Channel]:
    """All of them, of which there are few."""
    return list(db.session.scalars(sa.select(Channel).order_by(Channel.id)))


def channel_of(webhook: Webhook) -> Channel | None:
    """The channel that a webhook belongs to, if it belongs to one."""
    return db.session.scalar(sa.select(Channel).where(Channel.webhook_id == webhook.id))


def create_channel(title: str, kind: ChannelKind, *, icon: str = "", url: str = "", by: Person | None) -> Channel:
    """Make a channel, and the webhook that is told of the team's answers. Raises Invalid, or Conflict."""
    if len(channels()) >= MOST:
        raise Conflict(f"There are {MOST} channels already.")
    channel = Channel(title=one_line(title, field="title"), kind=kind, icon=icon)
    db.session.add(channel)
    record(channel, "channel_created", by=by, new=channel.title)
    listen_at(channel, url, by=by)
    return channel


def change_channel(
    channel: Channel, *, title: str | None, kind: ChannelKind | None, icon: str | None, by: Person | None
) -> None:
    """Change what is given. Raises Invalid."""
    before = _told(channel)
    channel.title = channel.title if title is None else one_line(title, field="title")
    channel.kind = kind or channel.kind
    channel.icon = channel.icon if icon is None else icon
    if _told(channel) != before:
        record(channel, "channel_changed", by=by, old=before, new=_told(channel))


def _told(channel: Channel) -> dict[str, Any]:
    return {"title": channel.title, "kind": channel.kind, "icon": channel.icon}


def listen_at(channel: Channel, url: str, *, by: Person | None) -> None:
    """Tell another address of the team's answers; an empty one: none. Raises Invalid for a bad one."""
    if not url:
        if channel.webhook is not None:
            delete_webhook(channel.webhook, by=by)
            channel.webhook = None
    elif channel.webhook is not None:
        change_webhook(channel.webhook, url=url, by=by)
    else:
        channel.webhook = create_webhook(url, TOLD_OF, f"Answers in the channel {channel.title}", by=by)
        db.session.flush()


def disable_channel(channel: Channel, *, by: Person | None) -> None:
    """Tell nobody of answers in it for now; what is answered meanwhile is told later."""
    if channel.disabled_at is None:
        channel.disabled_at = now()
        record(channel, "channel_disabled", by=by)
        if channel.webhook is not None:
            disable_webhook(channel.webhook, by=by)


def enable_channel(channel: Channel, *, by: Person | None) -> None:
    """Use a channel again."""
    if channel.disabled_at is not None:
        channel.disabled_at = None
        record(channel, "channel_enabled", by=by)
        if channel.webhook is not None:
            enable_webhook(channel.webhook, by=by)


def answers_in(channel: Channel) -> sa.ColumnElement[bool]:
    """Which events are the team's answers in cases of this channel."""
    case = sa.select(Case.id).where(Case.id == Event.case_id, Case.channel == channel.key)
    team = sa.select(Person.id).where(Person.id == Event.actor_id, Person.role.in_(TEAM_ROLES))
    return sa.and_(Event.name.in_(TOLD_OF), case.exists(), team.exists())


def answer_told(event: Event) -> dict[str, Any]:
    """An answer as the vendor's webhooks have it, fit for the customer's eyes: no address in it is another's.

    Of a message that was deleted meanwhile nothing is left to be told.
    """
    post = db.session.get(Post, event.new["post"])
    case = db.session.get_one(Case, event.case_id)
    body = mask(post.body, reader=case.requester, case=case) if post and not post.deleted_at else ""
    return {
        "message_id": event.new["post"],
        "case_id": case.id,
        "staff_id": event.actor_id,
        "user_id": case.requester_id,
        "custom_user_id": _custom_id(case.requester),
        "content": body,
        "note": False,
        "sent_via_rule": False,
    }


def _custom_id(person: Person) -> str:
    """How the channel itself knows a customer."""
    values = [one.value for one in person.identities if one.kind is IdentityKind.CUSTOM]
    return values[0].rpartition(":")[2] if values else ""

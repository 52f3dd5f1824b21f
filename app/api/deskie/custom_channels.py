"""Custom channels, and their webhooks."""

from app.api.auth import caller
from app.api.deskie.ids import id_in
from app.api.deskie.naming import in_words
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.channels import ChannelChange, NewChannel
from app.api.deskie.views.channels import ChannelList, OneChannel, channel_row, one_channel
from app.api.deskie.views.shapes import numbered
from app.people.access import Act
from app.webhooks.channels import (
    Channel,
    ChannelKind,
    change_channel,
    channel_numbered,
    channels,
    create_channel,
    disable_channel,
    enable_channel,
    listen_at,
)

ALL, ONE = "/custom_channels.json", "/custom_channels/<channel>"
INSIDE = ("custom_channel",)
FACTS = {"webhook_url": "url"}


@route(ALL, "GET", Act.READ_CASES, answers=ChannelList)
def index() -> Answer:
    """The channels. Where the webhook of each leads is shown to those who may change it."""
    found = channels()
    return numbered("custom_channel", [channel_row(one, caller()) for one in found], len(found))


@route(ALL, "POST", Act.MANAGE_WEBHOOKS, takes=NewChannel, inside=INSIDE, answers=OneChannel, status=201)
def create(new: Json) -> Answer:
    """Make a channel."""
    kind = ChannelKind(new["channel_type"])
    with in_words(FACTS):
        made = create_channel(new["title"], kind, icon=new["icon"], url=new["webhook_url"], by=caller().person)
    return one_channel(made, caller())


@route(f"{ONE}.json", "GET", Act.READ_CASES, answers=OneChannel)
def show(channel: str) -> Answer:
    """One channel."""
    return one_channel(_named(channel), caller())


@route(f"{ONE}.json", "PUT", Act.MANAGE_WEBHOOKS, takes=ChannelChange, inside=INSIDE, answers=OneChannel)
def change(channel: str, new: Json) -> Answer:
    """Change what is said of a channel, or where its webhook leads."""
    found, by = _named(channel), caller().person
    kind = ChannelKind(new["channel_type"]) if "channel_type" in new else None
    change_channel(found, title=new.get("title"), kind=kind, icon=new.get("icon"), by=by)
    if "webhook_url" in new:
        with in_words(FACTS):
            listen_at(found, new["webhook_url"], by=by)
    return one_channel(found, caller())


@route(f"{ONE}/enable.json", "PUT", Act.MANAGE_WEBHOOKS, answers=OneChannel)
def enable(channel: str) -> Answer:
    """Use a channel again. What was answered in it meanwhile is told now."""
    found = _named(channel)
    enable_channel(found, by=caller().person)
    return one_channel(found, caller())


@route(f"{ONE}/disable.json", "PUT", Act.MANAGE_WEBHOOKS, answers=OneChannel)
def disable(channel: str) -> Answer:
    """Tell nobody of answers in a channel for now."""
    found = _named(channel)
    disable_channel(found, by=caller().person)
    return one_channel(found, caller())


def _named(channel: str) -> Channel:
    """By its number, or by what cases call it."""
    return channel_numbered(id_in(channel.removeprefix("cch")))

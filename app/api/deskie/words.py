"""The words of Deskie's wire for what Casey calls otherwise, and the other way round."""

from collections.abc import Mapping, Sequence

from app.cases.models import Status
from app.people.models import IdentityKind

# How a status is read; a custom one is read as its base.
STATUSES: Mapping[Status, str] = {
    Status.NEW: "open",
    Status.OPEN: "open",
    Status.WAITING: "waiting",
    Status.RESOLVED: "closed",
    Status.CLOSED: "closed",
}
# How one is written.
WRITTEN: Mapping[str, Status] = {"open": Status.OPEN, "waiting": Status.WAITING, "closed": Status.CLOSED}

CHANNELS: Mapping[str, str] = {"mail": "email", "api": "web", "portal": "web", "web": "web", "import": "web"}
# Channels that Casey does not speak: they are kept and shown, and nothing is sent there.
UNSPOKEN = (
    "call",
    "live_chat",
    "facebook",
    "fb_chat",
    "vkontakte",
    "vk_chat",
    "twitter",
    "instagram_posts",
    "instagram_chat",
    "ok_chat",
    "telegram",
    "skype",
    "slack",
    "mattermost",
    "viber",
    "line",
    "zalo",
    "wa_chat",
    "youscan",
    "avito",
    "idea",
)

# What several channels are called together. A custom channel belongs to none of these.
MESSENGERS = ("telegram", "skype", "slack", "mattermost", "viber", "line", "zalo", "wa_chat")
SOCIAL_CHATS = ("fb_chat", "vk_chat", "instagram_chat", "ok_chat")
CHATS = ("live_chat", *SOCIAL_CHATS, "avito")
GROUPS: Mapping[str, Sequence[str]] = {
    "sync": (*CHATS, *MESSENGERS),
    "async": ("email", "web", *(one for one in UNSPOKEN if one not in {*CHATS, *MESSENGERS})),
    "social": ("facebook", "vkontakte", "twitter", "instagram_posts", *SOCIAL_CHATS),
    "messengers": MESSENGERS,
}

# By which name a user is reached where. The first of them that is given says who he is.
CONTACTS: Mapping[str, IdentityKind] = {
    "user_email": IdentityKind.EMAIL,
    "user_phone": IdentityKind.PHONE,
    "user_whatsapp_phone": IdentityKind.WHATSAPP,
    "user_custom_id": IdentityKind.CUSTOM,
    "user_telegram": IdentityKind.TELEGRAM,
    "user_telegram_data": IdentityKind.TELEGRAM,
    "user_viber": IdentityKind.VIBER,
    "user_skype": IdentityKind.SKYPE,
    "user_line": IdentityKind.LINE,
    "user_slack": IdentityKind.SLACK,
    "user_mattermost": IdentityKind.MATTERMOST,
    "user_avito": IdentityKind.AVITO,
    "user_vkontakte": IdentityKind.VKONTAKTE,
    "user_odnoklassniki": IdentityKind.ODNOKLASSNIKI,
    "user_facebook": IdentityKind.FACEBOOK,
    "user_instagram": IdentityKind.INSTAGRAM,
}


def told_channel(channel: str) -> str:
    """What Deskie calls a channel."""
    return CHANNELS.get(channel, channel)


def kept_channel(channel: str) -> str:
    """What Casey calls a channel of Deskie's."""
    return "mail" if channel == "email" else channel


def kept_channels(channels: Sequence[str]) -> list[str]:
    """All channels of Casey's that are shown so, or under the name of a group."""
    told = {one for channel in channels for one in GROUPS.get(channel, (channel,))}
    return [*(told - {*CHANNELS.values()}), *(kept for kept, channel in CHANNELS.items() if channel in told)]

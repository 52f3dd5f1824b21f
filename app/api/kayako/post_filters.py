"""Which posts each filter of Kayako's shows."""

from collections.abc import Collection, Mapping, Sequence

from app.api.kayako.activity_words import TOLD
from app.cases.timeline_pages import Kinds

CHATS = ("live_chat", "fb_chat")
ABROAD = (*CHATS, "facebook", "twitter")

MESSAGES = Kinds(messages=True, but=ABROAD)
NOTES = Kinds(notes=True)
ACTIVITIES = Kinds(events=tuple(TOLD))
WRITTEN = Kinds(messages=True, notes=True)
NOTHING = Kinds()

FILTERS: Mapping[str, Sequence[Kinds]] = {
    "ALL": (WRITTEN, ACTIVITIES),
    "ACTIVITIES": (ACTIVITIES,),
    "MESSAGES": (MESSAGES,),
    "NOTES": (NOTES,),
    # What was written on a case that was merged into another one is on that one as it was; there are no shadows.
    "SHADOW_POSTS": (NOTHING,),
    "CHAT_MESSAGES": (Kinds(messages=True, channels=("live_chat",)),),
    "FACEBOOK_POSTS": (Kinds(messages=True, channels=("facebook",)),),
    "FACEBOOK_POST_COMMENTS": (NOTHING,),
    "FACEBOOK_MESSAGES": (Kinds(messages=True, channels=("fb_chat",)),),
    "TWEETS": (Kinds(messages=True, channels=("twitter",)),),
    "TWITTER_MESSAGES": (NOTHING,),
}
# What a post is made of.
ORIGINALS: Mapping[str, Kinds] = {
    "CASE_MESSAGE": Kinds(messages=True),
    "NOTE": NOTES,
    "ACTIVITY": ACTIVITIES,
    "POST": Kinds(messages=True, notes=True, events=tuple(TOLD)),
}


def kinds_of(filters: Collection[str]) -> Sequence[Kinds]:
    """What these show together; without any, all that was written."""
    return [kind for one in filters for kind in FILTERS[one]] if filters else [WRITTEN]

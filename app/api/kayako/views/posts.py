"""Posts on Kayako's wire: the messages, notes and activities of a case, under one sequence of ids."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from marshmallow import fields

from app.api.kayako.activity_words import summary_of
from app.api.kayako.resources import (
    Json,
    Ref,
    Resource,
    Shape,
    a_flag,
    a_moment,
    a_number,
    a_text,
    a_thing,
    reference,
    things,
)
from app.api.kayako.views.attachments import ALL_AT_ONCE, attachment_refs, download_all_of
from app.api.kayako.views.channels import Channel, channel_of, channel_ref
from app.api.kayako.words import MAIL, NOTE
from app.cases.mentioned import actors_of
from app.cases.models import Post, PostKind
from app.cases.timeline_pages import Entry, entries_numbered, requesters_of
from app.events import Event
from app.mail.sending.reach import Reach, reach_of
from app.people.models import IdentityKind, Person

SOURCES: Mapping[str, str] = {
    "mail": "MAIL",
    "web": "HELPCENTER",
    "portal": "HELPCENTER",
    "live_chat": "MESSENGER",
    "fb_chat": "MESSENGER",
}
API = "API"
# What its sender's program did not say of a post.
UNTOLD = {"user_agent": "", "page_url": ""}
ORIGINALS = {PostKind.MESSAGE: "case_message", PostKind.NOTE: "note"}


class PostShape(Shape):
    """A post."""

    id = a_number()
    uuid = a_text()
    client_id = a_text("What its writer's program calls it.", none=True)
    subject = a_text()
    contents = a_text()
    creator = a_thing("Who wrote it or did it; nobody where Casey did.")
    identity = a_thing()
    source_channel = a_thing("Of an activity, none.")
    attachments = things()
    download_all = a_text(ALL_AT_ONCE, none=True)
    destination_medium = a_text("MAIL for what the team wrote by mail.", none=True)
    source = a_text("API, AGENT, MAIL, MESSENGER, MOBILE or HELPCENTER.", none=True)
    metadata = fields.Dict(allow_none=True)
    original = a_thing("The case_message, note or activity.")
    post_status = a_text("SENT, DELIVERED, REJECTED or SEEN; of an activity, none.", none=True)
    post_status_reject_type = a_text("BOUNCE, BLOCKED, DROPPED, DEFERRED, EXPIRED or ERROR.", none=True)
    post_status_reject_reason = a_text("In the words of the other server.", none=True)
    post_status_updated_at = a_moment()
    is_requester = a_flag()
    created_at = a_moment()
    updated_at = a_moment()


def _posts(rows: Sequence[Entry], _optional: Collection[str]) -> list[Json]:
    events = [one for one in rows if isinstance(one, Event)]
    written = [one for one in rows if isinstance(one, Post)]
    reach, actors = reach_of(written), actors_of(events)
    requesters = requesters_of(rows)
    return [
        _activity(one, actors.get(one.actor_id or 0), requesters)
        if isinstance(one, Event)
        else _written(one, reach[one.id], requesters)
        for one in rows
    ]


def _written(post: Post, reach: Reach, requesters: Mapping[int, int]) -> Json:
    channel = source_channel(post)
    by_mail = post.author.team and reach.mailed and channel.kind == MAIL
    return {
        "id": post.id,
        "uuid": str(post.uuid),
        "client_id": post.client_id,
        "subject": post.case.subject,
        "contents": post.body,
        "creator": reference("user", post.author_id),
        "identity": identity_of(post.author),
        "source_channel": channel_ref(channel),
        "attachments": attachment_refs(post.attachments),
        "download_all": download_all_of(post),
        "destination_medium": MAIL if by_mail else None,
        "source": post.source or SOURCES.get(post.channel, API),
        "metadata": UNTOLD | (post.details or {}),
        "original": Ref(ORIGINALS[post.kind], post.id, row=post),
        **_reached(reach),
        "is_requester": post.author_id == requesters.get(post.case_id),
        "created_at": post.created_at,
        "updated_at": post.edited_at or post.created_at,
    }


def _reached(reach: Reach) -> Json:
    return {
        "post_status": reach.reached.upper(),
        "post_status_reject_type": reach.rejection.upper() if reach.rejection else None,
        "post_status_reject_reason": reach.words,
        "post_status_updated_at": reach.at,
    }


def _activity(event: Event, actor: Person | None, requesters: Mapping[int, int]) -> Json:
    summary = summary_of(event, actor)
    nothing = ("client_id", "source_channel", "download_all", "destination_medium", "source")
    unsent = ("post_status", "post_status_reject_type", "post_status_reject_reason", "post_status_updated_at")
    return {
        "id": event.timeline_id,
        "uuid": str(event.uuid),
        "subject": summary,
        "contents": summary,
        "creator": reference("user", actor.id if actor else None),
        "identity": identity_of(actor) if actor else None,
        "attachments": [],
        "metadata": UNTOLD,
        "original": Ref("activity", event.timeline_id or 0, row=event),
        "is_requester": actor is not None and actor.id == requesters.get(event.case_id or 0),
        "created_at": event.created_at,
        "updated_at": event.created_at,
        **dict.fromkeys((*nothing, *unsent)),
    }


def source_channel(post: Post) -> Channel:
    """Through which channel a post came; a note through none but its own."""
    return Channel(NOTE) if post.kind is PostKind.NOTE else channel_of(post.channel)


def identity_of(person: Person) -> Ref | None:
    """The address of somebody to which mail goes."""
    emails = [one for one in person.identities if one.kind is IdentityKind.EMAIL]
    first = next((one for one in emails if one.primary), emails[0] if emails else None)
    return Ref("identity_email", first.id, row=first) if first else None


def _loaded(ids: Collection[int]) -> Mapping[int, Any]:
    return entries_numbered(ids)


POST = Resource("post", PostShape, _posts, _loaded, path="cases/posts/{}")

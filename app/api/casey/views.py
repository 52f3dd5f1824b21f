"""What the native API answers with: plain functions from rows to JSON."""

from datetime import datetime
from typing import Any

from app.api.casey.routing import PREFIX
from app.cases.attachments import Attachment
from app.cases.labels import label_names
from app.cases.models import Case, Participant, Post
from app.cases.posting import alias_in
from app.cases.proposals import Proposal, proposals_of
from app.cases.queries import message_count, messages_of, note_count, notes_of
from app.config import deployed
from app.mail.deciding.foreseeing import Foreseen
from app.mail.models import InboundEmail, OutboundEmail
from app.mail.sending.outbox import WAITING
from app.people.credentials import ApiKey
from app.people.models import Person

MOST_MESSAGES = MOST_NOTES = 1000

Json = dict[str, Any]


def moment(at: datetime | None) -> str | None:
    """RFC 3339, in UTC."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def person_view(person: Person) -> Json:
    """A person, with the address."""
    return {
        "uuid": str(person.uuid),
        "name": person.name,
        "email": person.email,
        "team": person.team,
        "role": person.role,
        "disabled": person.disabled_at is not None,
        "created_at": moment(person.created_at),
    }


def person_brief(person: Person | None) -> Json | None:
    """A person where one is mentioned."""
    if person is None:
        return None
    return {"uuid": str(person.uuid), "name": person.name, "email": person.email, "team": person.team}


def participant_view(participant: Participant) -> Json:
    """A person in a case, with the name the others see."""
    return {
        **(person_brief(participant.person) or {}),
        "alias": participant.alias,
        "joined_at": moment(participant.joined_at),
        "removed_at": moment(participant.removed_at),
    }


def proposal_view(proposal: Proposal) -> Json:
    """Somebody to whom a mail was copied, and who wrote that mail."""
    return {
        "email": proposal.address,
        "name": proposal.name,
        "proposed_by": person_brief(proposal.proposed_by),
        "created_at": moment(proposal.created_at),
    }


def message_view(post: Post) -> Json:
    """A message of a case."""
    return {
        "uuid": str(post.uuid),
        "from": person_brief(post.author),
        "alias": alias_in(post.case, post.author),
        "message": post.body,
        "html": post.html,
        "visible": post.visible,
        "attachments": [attachment_view(one) for one in post.attachments],
        "channel": post.channel,
        "robot": post.robot,
        "verified": post.verified,
        "created_at": moment(post.created_at),
    }


def note_view(post: Post) -> Json:
    """A note on a case, for the team alone."""
    return {
        "uuid": str(post.uuid),
        "from": person_brief(post.author),
        "note": post.body,
        "html": post.html,
        "visible": post.visible,
        "attachments": [attachment_view(one) for one in post.attachments],
        "channel": post.channel,
        "verified": post.verified,
        "created_at": moment(post.created_at),
    }


def attachment_view(attachment: Attachment) -> Json:
    """A file of a message, and where its content is to be had."""
    return {
        "uuid": str(attachment.uuid),
        "name": attachment.name,
        "content_type": attachment.content_type,
        "content_id": attachment.content_id,
        "inline": attachment.inline,
        "size": attachment.file.size,
        "url": f"{deployed().base_url}{PREFIX}/attachments/{attachment.uuid}",
    }


def case_row(case: Case) -> Json:
    """A case as lists show it."""
    return {
        "uuid": str(case.uuid),
        "reference": case.reference,
        "subject": case.subject,
        "state": case.state,
        "status": case.status,
        "priority": case.priority,
        "category": case.category,
        "tags": label_names(case),
        "meta": case.meta,
        "channel": case.channel,
        "creator": person_brief(case.creator),
        "requester": person_brief(case.requester),
        "assignee": person_brief(case.assignee),
        "created_at": moment(case.created_at),
        "updated_at": moment(case.updated_at),
        "closed_at": moment(case.closed_at),
    }


def case_view(case: Case) -> Json:
    """The whole case; of an endless one, the latest messages and notes, and that there are more.

    It holds addresses and notes, and must never be passed to a customer's browser as it is.
    """
    messages, notes = messages_of(case, latest=MOST_MESSAGES), notes_of(case, latest=MOST_NOTES)
    messages_total = message_count(case) if len(messages) == MOST_MESSAGES else len(messages)
    notes_total = note_count(case) if len(notes) == MOST_NOTES else len(notes)
    return {
        **case_row(case),
        "follows": str(case.follows.uuid) if case.follows else None,
        "participants": [participant_view(one) for one in case.participants],
        "proposals": [proposal_view(one) for one in proposals_of(case)],
        "messages": [message_view(post) for post in messages],
        "messages_total": messages_total,
        "notes": [note_view(post) for post in notes],
        "notes_total": notes_total,
        "more": messages_total > len(messages) or notes_total > len(notes),
    }


def key_view(key: ApiKey) -> Json:
    """An API key, without what opens anything."""
    return {
        "uuid": str(key.uuid),
        "name": key.name,
        "role": key.role,
        "person": person_brief(key.person),
        "created_at": moment(key.created_at),
        "last_used_at": moment(key.last_used_at),
        "expires_at": moment(key.expires_at),
        "revoked_at": moment(key.revoked_at),
    }


def inbound_view(inbound: InboundEmail) -> Json:
    """A received mail and what became of it; the outcome is null until that is decided."""
    return {
        "uuid": str(inbound.uuid),
        "message_id": inbound.message_id,
        "from": inbound.sender,
        "name": inbound.sender_name,
        "subject": inbound.subject,
        "size": inbound.size,
        "received_at": moment(inbound.received_at),
        "outcome": inbound.outcome,
        "reason": inbound.reason,
        "robot": inbound.robot,
        "case": str(inbound.case.uuid) if inbound.case else None,
        "message": str(inbound.post.uuid) if inbound.post else None,
        "attempts": inbound.attempts,
        "decisions": inbound.decisions,
    }


def foreseen_view(foreseen: Foreseen) -> Json:
    """What would be decided about a mail."""
    return {
        "outcome": foreseen.outcome,
        "reason": foreseen.reason,
        "robot": foreseen.robot,
        "case": foreseen.case,
        "decisions": foreseen.decisions,
    }


def delivery_view(outbound: OutboundEmail) -> Json:
    """A mail to one reader of a message, and how far it got."""
    return {
        "uuid": str(outbound.uuid),
        "purpose": outbound.purpose,
        "message": str(outbound.post.uuid) if outbound.post else None,
        "to": {**(person_brief(outbound.person) or {}), "email": outbound.address},
        "status": outbound.status,
        "attempts": outbound.attempts,
        "rejection": outbound.rejection,
        "answer": outbound.answer,
        "next_at": moment(outbound.next_at) if outbound.status in WAITING else None,
        "sent_at": moment(outbound.sent_at),
        "delivered_at": moment(outbound.delivered_at),
        "created_at": moment(outbound.created_at),
    }


def page(items: list[Json], cursor: int | None) -> Json:
    """A page of a list. ``next`` is the cursor of the following page, or null at the end."""
    return {"items": items, "next": cursor}

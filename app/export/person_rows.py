"""What a person takes part in, wrote, sent and was sent, as rows of tables, each told as he himself may see it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app.cases.attachments import Attachment
from app.cases.canned_answers import CannedAnswer
from app.cases.models import Case, Participant, Post
from app.cases.queries import open_to_everybody
from app.cases.ratings import Rating
from app.export.facts import Json, moment
from app.export.sight import Sight
from app.mail.conversation import conversation
from app.mail.models import InboundEmail, OutboundEmail

Ids = Collection[int]


@dataclass(frozen=True)
class Section:
    """A list in the file: which rows of these persons, who are one, by which ``key``, and what is told of them."""

    name: str
    key: tuple[Any, ...]
    query: Callable[[Ids], Select[Any]]
    tell: Callable[[Sequence[Any], Sight], list[Json]]


def _cases(ids: Ids) -> Select[Any]:
    mine = select(Participant).where(Participant.person_id.in_(ids), Participant.removed_at.is_(None))
    return mine.options(selectinload(Participant.case).selectinload(Case.participants))


def _told_cases(rows: Sequence[Participant], sight: Sight) -> list[Json]:
    return [{**_case(one.case, sight), "alias": one.alias, "joined_at": moment(one.joined_at)} for one in rows]


def _case(case: Case, sight: Sight) -> Json:
    return {
        "uuid": str(case.uuid),
        "reference": case.reference,
        "subject": sight(case.subject, case),
        "state": case.state,
        "status": case.status,
        "opened_for_me": case.requester_id == sight.reader.id,
        "created_at": moment(case.created_at),
        "closed_at": moment(case.closed_at),
    }


def _messages(ids: Ids) -> Select[Any]:
    inside = select(Participant.case_id).where(Participant.person_id.in_(ids), Participant.removed_at.is_(None))
    shown = select(Post).where(Post.case_id.in_(inside), *open_to_everybody())
    return shown.options(selectinload(Post.case).selectinload(Case.participants))


def _told_messages(rows: Sequence[Post], sight: Sight) -> list[Json]:
    return [
        _message(one, posts[0].case)
        for _, group in groupby(rows, key=attrgetter("case_id"))
        for posts in [list(group)]
        for one in conversation(posts[0].case, posts, reader=sight.reader)
    ]


def _message(shown: dict[str, Any], case: Case) -> Json:
    files = [{"name": one["name"], "size": one["size"]} for one in shown["files"]]
    return {
        "uuid": str(shown["uuid"]),
        "case": str(case.uuid),
        **{name: shown[name] for name in ("writer", "mine", "team")},
        "pieces": [{"text": one.text, "quoted": one.quoted} for one in shown["pieces"]],
        "files": files,
        "created_at": moment(shown["at"]),
    }


def _ratings(ids: Ids) -> Select[Any]:
    return select(Rating).where(Rating.person_id.in_(ids)).options(selectinload(Rating.post))


def _told_ratings(rows: Sequence[Rating], sight: Sight) -> list[Json]:
    return [
        {
            "message": str(one.post.uuid) if one.post else None,
            "score": one.score,
            "comment": sight(one.comment),
            "created_at": moment(one.created_at),
        }
        for one in rows
    ]


def _files(ids: Ids) -> Select[Any]:
    """Of a customer these are all in messages; of the team, those in notes are left out."""
    sent = select(Attachment).join(Post, Post.id == Attachment.post_id)
    return sent.where(Post.author_id.in_(ids), *open_to_everybody())


def _told_files(rows: Sequence[Attachment], sight: Sight) -> list[Json]:
    return [
        {
            "name": sight.mask(None).file_name(one.name),
            "content_type": one.content_type,
            "size": one.file.size,
            "sha256": one.file.sha256,
            "created_at": moment(one.created_at),
        }
        for one in rows
    ]


def _received(ids: Ids) -> Select[Any]:
    return select(InboundEmail).where(InboundEmail.person_id.in_(ids)).options(_with_participants(InboundEmail.case))


def _told_received(rows: Sequence[InboundEmail], sight: Sight) -> list[Json]:
    return [
        {
            "from": one.sender and sight(one.sender, one.case),
            "subject": one.subject and sight(one.subject, one.case),
            "size": one.size,
            "outcome": one.outcome,
            "received_at": moment(one.received_at),
        }
        for one in rows
    ]


def _sent(ids: Ids) -> Select[Any]:
    return select(OutboundEmail).where(OutboundEmail.person_id.in_(ids)).options(_with_participants(OutboundEmail.case))


def _told_sent(rows: Sequence[OutboundEmail], sight: Sight) -> list[Json]:
    return [
        {
            "to": sight(one.address, one.case),
            "subject": sight(one.case.subject, one.case) if one.case else None,
            "purpose": one.purpose,
            "status": one.status,
            "created_at": moment(one.created_at),
            "sent_at": moment(one.sent_at),
        }
        for one in rows
    ]


def _with_participants(case: Any) -> Any:
    return selectinload(case).selectinload(Case.participants)


def _canned(ids: Ids) -> Select[Any]:
    return select(CannedAnswer).where(CannedAnswer.owner_id.in_(ids))


def _told_canned(rows: Sequence[CannedAnswer], sight: Sight) -> list[Json]:
    return [
        {
            **{name: sight(getattr(one, name)) for name in ("title", "text")},
            "shared": one.shared,
            "created_at": moment(one.created_at),
        }
        for one in rows
    ]


SECTIONS = (
    Section("cases", (Participant.case_id, Participant.id), _cases, _told_cases),
    Section("messages", (Post.case_id, Post.id), _messages, _told_messages),
    Section("ratings", (Rating.id,), _ratings, _told_ratings),
    Section("files", (Attachment.id,), _files, _told_files),
    Section("mails_from", (InboundEmail.id,), _received, _told_received),
    Section("mails_to", (OutboundEmail.id,), _sent, _told_sent),
    Section("canned_answers", (CannedAnswer.id,), _canned, _told_canned),
)

"""Messages and notes of a case that is taken over from elsewhere, with their files and what was thought of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from app.cases.attachments import Attachment, new_attachment
from app.cases.content import NewFile, kept_html, kept_spans
from app.cases.imported_people import People
from app.cases.models import Case, Post, PostKind
from app.cases.ratings import Rating
from app.clock import now
from app.errors import Invalid
from app.extensions import db
from app.files.kept import Kept
from app.people.models import Person
from app.text import storable
from app.timeline import EntryKind, TimelineEntry

CHANNEL = "import"

Json = dict[str, Any]
Contents = Mapping[str, Kept]


def moment(text: str) -> datetime:
    """A moment, which lies in the past."""
    return min(datetime.fromisoformat(text), now())


def moment_or_none(text: str | None) -> datetime | None:
    """The same, where there need be none."""
    return moment(text) if text else None


def authors_of(messages: Iterable[Json], people: People) -> list[Person]:
    """Who wrote each. Raises Invalid for a note of somebody who is not, and was not then, of the team."""
    return [_author(message, number, people) for number, message in enumerate(messages)]


def _author(message: Json, number: int, people: People) -> Person:
    field = f"messages.{number}.from"
    author = people.person({**message, "email": message["from"]}, field=field)
    if kind_of(message) is PostKind.NOTE and not (author.team or message.get("team")):
        raise Invalid("Only the team writes notes.", field=field)
    return author


def kind_of(message: Json) -> PostKind:
    """Whether it is a message or a note."""
    return PostKind(message.get("kind", PostKind.MESSAGE))


def add_post(case: Case, message: Json, author: Person, contents: Contents) -> Post:
    """A message or a note at its own time. A file whose content is not there is left out."""
    written = moment(message["created_at"])
    body = storable(message["message"])
    post = Post(
        id=_entry(case, kind_of(message), written),
        case=case,
        kind=kind_of(message),
        author=author,
        channel=message.get("channel", CHANNEL),
        body=body,
        html=kept_html(message.get("html")),
        visible=kept_spans(message.get("visible"), body),
        robot=message.get("robot", False),
        verified=message.get("verified", True),
        mailed=False,
        external_id=message.get("external_id"),
        created_at=written,
        edited_at=moment_or_none(message.get("edited_at")),
        pinned_at=moment_or_none(message.get("pinned_at")),
        attachments=[_attachment(one, contents) for one in message.get("attachments", ()) if one["sha256"] in contents],
    )
    db.session.add(post)
    return post


def _entry(case: Case, kind: PostKind, written: datetime) -> int:
    entry = TimelineEntry(case_id=case.id, kind=EntryKind(kind), created_at=written)
    db.session.add(entry)
    db.session.flush()
    return entry.id


def _attachment(given: Json, contents: Contents) -> Attachment:
    kind, content_id = given.get("content_type", ""), given.get("content_id")
    content = contents[given["sha256"]]
    return new_attachment(NewFile(given["name"], kind, content, content_id, inline=given.get("inline", False)))


def missing_files(messages: Iterable[Json], contents: Contents) -> int:
    """How many files are told of whose contents are not there."""
    return sum(one["sha256"] not in contents for message in messages for one in message.get("attachments", ()))


def add_ratings(case: Case, post: Post | None, given: Iterable[Json], people: People) -> None:
    """What was thought of the case, or of a message in it."""
    for one in given:
        who, rated = one.get("from"), people.known(one.get("rated"))
        person = people.person({"email": who}, field="ratings.from") if who else None
        db.session.add(
            Rating(
                case_id=case.id,
                post=post,
                person=person,
                rated=rated,
                score=one["score"],
                comment=storable(one.get("comment", "")),
                created_at=moment(one["created_at"]),
            )
        )

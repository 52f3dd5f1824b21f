"""Taking over cases from elsewhere with their history: back-dated, told to nobody, and each only once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.cases.labels import bear_labels
from app.cases.models import Case, Participant, Post, PostKind, Priority, Status
from app.cases.opening import new_reference
from app.cases.participation import alias_of
from app.clock import now
from app.errors import Invalid
from app.events import record
from app.extensions import db
from app.people.models import Person, Role
from app.people.persons import find_or_create_person
from app.text import storable
from app.timeline import EntryKind, TimelineEntry

CHANNEL = "import"

Json = dict[str, Any]


def import_case(given: Mapping[str, Any], *, by: Person | None) -> Json:
    """Make a case of its description: plain JSON, whose times are texts. Nobody is mailed, and nothing follows from it.

    One whose ``external_id`` is known was imported before, and stays as it is. Returns its uuid, and whether it is new.
    Raises Invalid for what cannot be taken over.
    """
    known = db.session.scalar(select(Case).where(Case.external_id == given["external_id"]))
    if known is not None:
        return {"case": str(known.uuid), "created": False}
    creator = find_or_create_person(given["creator"]["email"], given["creator"].get("name", ""), field="creator.email")
    case = _case(given, creator)
    db.session.add(case)
    db.session.flush()
    bear_labels(case, given.get("tags", ()))
    for number, message in enumerate(given["messages"]):
        _post(case, message, number)
    db.session.flush()
    record(case, "case_imported", by=by, new={"external_id": case.external_id, "posts": len(given["messages"])})
    return {"case": str(case.uuid), "created": True}


def _case(given: Mapping[str, Any], creator: Person) -> Case:
    opened, status = _moment(given["created_at"]), Status(given.get("status", Status.CLOSED))
    latest = max([opened, *(_moment(one["created_at"]) for one in given["messages"])])
    return Case(
        reference=new_reference(),
        external_id=given["external_id"],
        subject=storable(given["subject"]).strip() or "(no subject)",
        status=status,
        priority=Priority(given.get("priority", Priority.NORMAL)),
        channel=CHANNEL,
        category=given.get("category"),
        meta=given.get("meta", {}),
        creator=creator,
        requester=creator,
        organization_id=creator.organization_id,
        created_at=opened,
        updated_at=latest,
        confirmed_at=opened,
        closed_at=latest if status is Status.CLOSED else None,
        last_post_at=latest,
        participants=[_participant(creator, opened)],
        labels=[],
    )


def _participant(person: Person, joined: datetime) -> Participant:
    return Participant(person=person, person_id=person.id, alias=alias_of(person), joined_at=joined)


def _post(case: Case, message: Mapping[str, Any], number: int) -> None:
    """A message or a note. Whoever wrote a message is in the case; whoever wrote a note must be of the team."""
    author = find_or_create_person(message["from"], message.get("name", ""), field=f"messages.{number}.from")
    kind, written = PostKind(message.get("kind", PostKind.MESSAGE)), _moment(message["created_at"])
    if kind is PostKind.NOTE and author.role is Role.CUSTOMER:
        raise Invalid("Only the team writes notes.", field=f"messages.{number}.from")
    if kind is PostKind.MESSAGE and all(one.person_id != author.id for one in case.participants):
        case.participants.append(_participant(author, written))
    db.session.add(
        Post(
            entry=TimelineEntry(case_id=case.id, kind=EntryKind(kind), created_at=written),
            case=case,
            kind=kind,
            author=author,
            channel=CHANNEL,
            body=storable(message["message"]),
            external_id=message.get("external_id"),
            created_at=written,
            attachments=[],
        )
    )
    _touch(case, author, kind, written)


def _touch(case: Case, author: Person, kind: PostKind, written: datetime) -> None:
    if kind is PostKind.MESSAGE and author.team:
        case.last_team_post_at = max(written, case.last_team_post_at or written)
    elif kind is PostKind.MESSAGE:
        case.last_customer_post_at = max(written, case.last_customer_post_at or written)


def _moment(text: str) -> datetime:
    """A moment, which lies in the past."""
    return min(datetime.fromisoformat(text), now())

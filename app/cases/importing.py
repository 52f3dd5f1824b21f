"""Taking over cases from elsewhere with their history: back-dated, told to nobody, and each only once."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.cases.field_values import bear_fields
from app.cases.imported_people import People
from app.cases.imported_posts import (
    CHANNEL,
    Contents,
    add_post,
    add_ratings,
    authors_of,
    kind_of,
    missing_files,
    moment,
    moment_or_none,
)
from app.cases.labels import bear_labels
from app.cases.models import Case, Participant, PostKind, Priority, Status
from app.cases.moments import note_all_written
from app.cases.opening import new_reference
from app.cases.participation import alias_of
from app.cases.statuses import status_named
from app.clock import now
from app.events import record
from app.extensions import db
from app.people.contact import note_contact
from app.people.models import Person
from app.people.teams import team_named
from app.text import storable

Json = dict[str, Any]


def import_case(given: Mapping[str, Any], *, by: Person | None, contents: Contents | None = None) -> Json:
    """Make a case of its description: plain JSON, whose times are texts. Nobody is mailed, and nothing follows from it.

    One whose ``external_id`` is known, or is the uuid of one, was here before and stays as it is. Returns its uuid,
    whether it is new, and how many files were left out, since ``contents``, by SHA-256, does not have them. Raises
    Invalid for what cannot be taken over.
    """
    known = imported_before(given["external_id"]) if given.get("external_id") else None
    if known is not None:
        return {"case": str(known.uuid), "created": False}
    people, messages = People(by=by), given["messages"]
    authors = authors_of(messages, people)
    case = _case(given, people, authors)
    bear_labels(case, given.get("tags", ()))
    bear_fields(case, given.get("fields", {}))
    for message, author in zip(messages, authors, strict=True):
        post = add_post(case, message, author, contents or {})
        add_ratings(case, post, message.get("ratings", ()), people)
    add_ratings(case, None, given.get("ratings", ()), people)
    db.session.flush()
    _note_contacts(messages, authors)
    record(case, "case_imported", by=by, new={"external_id": case.external_id, "posts": len(messages)})
    missing = missing_files(messages, contents or {})
    return {"case": str(case.uuid), "created": True, **({"missing_files": missing} if missing else {})}


def imported_before(external_id: str) -> Case | None:
    """The case of this ``external_id``, or uuid."""
    same = [Case.external_id == external_id]
    with suppress(ValueError):
        same.append(Case.uuid == UUID(external_id))
    return db.session.scalars(select(Case).where(or_(*same)).limit(1)).first()


def _case(given: Mapping[str, Any], people: People, authors: Sequence[Person]) -> Case:
    creator = people.person(given["creator"], field="creator.email")
    requester = people.person(given.get("requester") or given["creator"], field="requester.email")
    assignee = given.get("assignee")
    case = Case(
        reference=new_reference(),
        external_id=given.get("external_id"),
        creator=creator,
        requester=requester,
        organization_id=requester.organization_id,
        assignee=people.person(assignee, field="assignee.email") if assignee else None,
        team=team_named(given["team"]) if given.get("team") else None,
        participants=[],
        labels=[],
        **_words(given),
        **_times(given),
        **_latest(given["messages"], authors),
    )
    case.last_closed_at = case.closed_at
    case.requester_id, case.assignee_id = requester.id, case.assignee.id if case.assignee else None
    note_all_written(case, _wrote(given["messages"], authors))
    db.session.add(case)
    db.session.flush()
    case.participants = _participants(given, people, creator, authors)
    return case


def _wrote(messages: Iterable[Json], authors: Iterable[Person]) -> list[tuple[Person, datetime, PostKind]]:
    return [
        (author, moment(message["created_at"]), kind_of(message))
        for message, author in zip(messages, authors, strict=True)
    ]


def _words(given: Mapping[str, Any]) -> Json:
    status = Status(given.get("status", Status.CLOSED))
    return {
        "subject": storable(given["subject"]).strip() or "(no subject)",
        "status": status,
        "custom_status": status_named(given["custom_status"], status) if given.get("custom_status") else None,
        "priority": Priority(given.get("priority", Priority.NORMAL)),
        "channel": given.get("channel", CHANNEL),
        "meta": given.get("meta", {}),
        **{name: given.get(name) for name in ("type", "category", "language")},
    }


def _times(given: Mapping[str, Any]) -> Json:
    opened = moment(given["created_at"])
    latest = max([opened, *(moment(one["created_at"]) for one in given["messages"])])
    closed = given.get("status", Status.CLOSED) == Status.CLOSED
    snoozed = given.get("snoozed_until")
    return {
        "created_at": opened,
        "updated_at": moment_or_none(given.get("updated_at")) or latest,
        "confirmed_at": moment_or_none(given.get("confirmed_at", given["created_at"])),
        "closed_at": (moment_or_none(given.get("closed_at")) or latest) if closed else None,
        "spam_at": moment_or_none(given.get("spam_at")),
        "trashed_at": moment_or_none(given.get("trashed_at")),
        "snoozed_until": datetime.fromisoformat(snoozed) if snoozed else None,
        "last_post_at": latest,
    }


def _latest(messages: Iterable[Json], authors: Iterable[Person]) -> Json:
    """When the team and when the customers wrote last."""
    wrote = [
        (author.team, moment(message["created_at"]))
        for message, author in zip(messages, authors, strict=True)
        if kind_of(message) is PostKind.MESSAGE
    ]
    return {
        name: max((at for of_the_team, at in wrote if of_the_team is team), default=None)
        for name, team in (("last_team_post_at", True), ("last_customer_post_at", False))
    }


def _note_contacts(messages: Iterable[Json], authors: Iterable[Person]) -> None:
    """Note when each customer wrote his last message."""
    wrote: dict[Person, datetime] = {}
    for message, author in zip(messages, authors, strict=True):
        if kind_of(message) is PostKind.MESSAGE and not author.team:
            at = moment(message["created_at"])
            wrote[author] = max(wrote.get(author, at), at)
    for author, at in wrote.items():
        note_contact(author, at)


def _participants(
    given: Mapping[str, Any], people: People, creator: Person, authors: Sequence[Person]
) -> list[Participant]:
    """Those who are named; else whoever opened the case, and whoever wrote a message in it."""
    if "participants" in given:
        return [_participant(people, one, number) for number, one in enumerate(given["participants"])]
    joined = {creator: moment(given["created_at"])}
    for message, author in zip(given["messages"], authors, strict=True):
        if kind_of(message) is PostKind.MESSAGE:
            joined.setdefault(author, moment(message["created_at"]))
    return [_joined(person, at, alias_of(person)) for person, at in joined.items()]


def _participant(people: People, given: Json, number: int) -> Participant:
    person = people.person(given, field=f"participants.{number}.email")
    one = _joined(person, moment_or_none(given.get("joined_at")) or now(), given.get("alias") or alias_of(person))
    one.removed_at = moment_or_none(given.get("removed_at"))
    one.muted_at = moment_or_none(given.get("muted_at"))
    return one


def _joined(person: Person, at: datetime, alias: str) -> Participant:
    return Participant(person=person, person_id=person.id, alias=alias, joined_at=at)

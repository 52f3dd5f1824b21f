"""What is told of an event to those who read the log: JSON whose members stay, with uuids for our own numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.cases.models import Case
from app.events import Event
from app.extensions import db
from app.people.models import Person

Json = dict[str, Any]

# What the number is that stands alone as old or new value of an event ...
VALUES = {
    "case_assigned": "persons",
    "team_assigned": "teams",
    "team_member_invited": "persons",
    "team_member_reminded": "persons",
    "invitation_declined": "persons",
    "participant_joined": "persons",
    "participant_muted": "persons",
    "participant_removed": "persons",
    "participant_unmuted": "persons",
    "requester_changed": "persons",
    "address_suppressed": "persons",
}
# ... and what it is under a name, in old, new and details.
MEMBERS = {
    "into": "cases",
    "from": "cases",
    "post": "posts",
    "person": "persons",
    "team": "teams",
    "outbound": "outbound_emails",
    "inbound": "inbound_emails",
    "key": "api_keys",
    "webhook": "webhooks",
    "policy": "sla_policies",
}
# The members of these are of the integrator's own, or counts.
VERBATIM = {"meta_changed", "person_erased", "text_redacted", "retention_kept"}
KINDS = {
    "cases": "case",
    "persons": "person",
    "posts": "post",
    "api_keys": "api_key",
    "mailboxes": "mailbox",
    "setting_overrides": "setting",
    "inbound_emails": "inbound",
    "webhooks": "webhook",
    "sla_policies": "sla_policy",
}

Numbered = tuple[str, int]
Uuids = Mapping[Numbered, str]


def told(events: Sequence[Event]) -> list[Json]:
    """These events as JSON. However many there are, each table is asked once."""
    uuids = _uuids(one for event in events for one in _mentioned(event))
    cases = _rows(Case, {event.case_id for event in events})
    actors = _rows(Person, {event.actor_id for event in events})
    return [_told(event, uuids, cases.get(event.case_id), actors.get(event.actor_id)) for event in events]


def _told(event: Event, uuids: Uuids, case: Case | None, actor: Person | None) -> Json:
    return {
        "sequence": event.sequence,
        "uuid": str(event.uuid),
        "name": event.name,
        "subject": {
            "kind": KINDS.get(event.subject_table, event.subject_table),
            "uuid": uuids.get((event.subject_table, event.subject_id)),
        },
        "case": {"uuid": str(case.uuid), "reference": case.reference} if case else None,
        "actor": _brief(actor) if actor else None,
        "old": _value(event.name, event.old, uuids),
        "new": _value(event.name, event.new, uuids),
        "details": _value(event.name, event.details, uuids),
        "created_at": moment(event.created_at),
    }


def moment(at: datetime) -> str:
    """RFC 3339, in UTC."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _brief(person: Person) -> Json:
    return {"uuid": str(person.uuid), "name": person.name, "email": person.email, "team": person.team}


def _value(name: str, value: Any, uuids: Uuids) -> Any:
    if isinstance(value, dict) and name not in VERBATIM:
        return {member: _member(member, inner, uuids) for member, inner in value.items()}
    return uuids.get((VALUES[name], value)) if name in VALUES and _is_number(value) else value


def _member(member: str, value: Any, uuids: Uuids) -> Any:
    return uuids.get((MEMBERS[member], value)) if member in MEMBERS and _is_number(value) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _mentioned(event: Event) -> Iterable[Numbered]:
    """What an event speaks of by our own numbers."""
    yield event.subject_table, event.subject_id
    if event.name in VERBATIM:
        return
    for value in (event.old, event.new, event.details):
        if isinstance(value, dict):
            yield from ((MEMBERS[one], inner) for one, inner in value.items() if one in MEMBERS and _is_number(inner))
        elif event.name in VALUES and _is_number(value):
            yield VALUES[event.name], value


def _uuids(mentioned: Iterable[Numbered]) -> Uuids:
    wanted = defaultdict(set)
    for table, number in mentioned:
        if table in db.metadata.tables:  # some are about the house
            wanted[table].add(number)
    return {
        (table, number): str(uuid)
        for table, numbers in wanted.items()
        for number, uuid in _of(db.metadata.tables[table], numbers)
    }


def _of(table: sa.Table, numbers: set[int]) -> Iterable[Any]:
    if "uuid" not in table.c:
        return ()
    return db.session.execute(sa.select(table.c.id, table.c.uuid).where(table.c.id.in_(numbers)))


def _rows(model: Any, ids: Iterable[int | None]) -> dict[int | None, Any]:
    wanted = [one for one in ids if one is not None]
    return {row.id: row for row in db.session.scalars(sa.select(model).where(model.id.in_(wanted)))} if wanted else {}

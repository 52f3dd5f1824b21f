"""Who changed what of the house, and what cannot be taken back in it. Read from the one log."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select

from app.events import Event
from app.extensions import Base, db
from app.people.credentials import ApiKey
from app.people.models import Person

AUDITED = (
    "key_created",
    "key_changed",
    "key_revoked",
    "setting_changed",
    "setting_forgotten",
    "setting_committed",
    "mailbox_added",
    "mailbox_changed",
    "mailbox_removed",
    "mail_replayed",
    "webhook_created",
    "webhook_changed",
    "webhook_secret_rotated",
    "webhook_tested",
    "webhook_event_redelivered",
    "webhook_disabled",
    "webhook_enabled",
    "webhook_deleted",
    "signed_in",
    "signed_out",
    "role_given",
    "person_role_changed",
    "person_disabled",
    "person_enabled",
    "person_blocked",
    "person_unblocked",
    "member_dismissed",
    "person_renamed",
    "person_described",
    "person_organization_changed",
    "persons_merged",
    "persons_linked",
    "persons_unlinked",
    "identity_added",
    "identity_preferred",
    "identity_validated",
    "identity_unvalidated",
    "identity_removed",
    "address_restored",
    "team_created",
    "team_changed",
    "team_disabled",
    "team_enabled",
    "team_deleted",
    "team_member_added",
    "team_member_removed",
    "organization_created",
    "organization_changed",
    "organization_disabled",
    "organization_enabled",
    "organization_blocked",
    "organization_unblocked",
    "organization_deleted",
    "status_created",
    "status_renamed",
    "status_rebased",
    "status_sorted",
    "status_deleted",
    "form_created",
    "form_changed",
    "form_deleted",
    "status_sla_changed",
    "business_hours_created",
    "business_hours_changed",
    "business_hours_deleted",
    "sla_policy_created",
    "sla_policy_changed",
    "sla_policy_deleted",
    "label_created",
    "label_renamed",
    "label_deleted",
    "field_defined",
    "field_changed",
    "field_deleted",
    "idea_category_created",
    "idea_category_renamed",
    "idea_category_given",
    "idea_category_disabled",
    "idea_category_enabled",
    "idea_category_deleted",
    "channel_created",
    "channel_changed",
    "channel_disabled",
    "channel_enabled",
    "bulk_ordered",
    "bulk_cancelled",
    "case_merged",
    "case_unmerged",
    "case_split",
    "case_purged",
    "trash_emptied",
    "export_ordered",
    "person_erased",
    "text_redacted",
    "retention_kept",
)


@dataclass(frozen=True)
class Audited:
    """Something that was done, who did it, with which key, and the uuid of what it was done to."""

    event: Event
    actor: Person | None
    key: ApiKey | None
    subject: UUID | None


def audit_page(*, name: str | None, before: int | None, limit: int) -> list[Audited]:
    """What was done, from the newest back. Each table is asked once, however much there is."""
    names = (name,) if name else AUDITED
    newest = sa.union_all(*(_newest(one, before, limit) for one in names))
    query = select(Event).where(Event.sequence.in_(newest)).order_by(Event.sequence.desc()).limit(limit)
    events = db.session.scalars(query).all()
    actors = _rows(Person, {event.actor_id for event in events})
    keys = _rows(ApiKey, {event.api_key_id for event in events})
    subjects = _subjects(events)
    return [
        Audited(
            event,
            actors.get(event.actor_id),
            keys.get(event.api_key_id),
            subjects.get((event.subject_table, event.subject_id)),
        )
        for event in events
    ]


def _newest(name: str, before: int | None, limit: int) -> sa.Select[Any]:
    """The last events of one name, by the index of names: most of the log is about other things."""
    query = select(Event.sequence).where(Event.name == name)
    if before is not None:
        query = query.where(Event.sequence < before)
    newest = query.order_by(Event.sequence.desc()).limit(limit).subquery()
    return select(newest.c.sequence)


def _rows(model: type[Any], ids: set[int | None]) -> Mapping[int | None, Any]:
    return {row.id: row for row in db.session.scalars(select(model).where(model.id.in_(ids - {None})))}


def _subjects(events: Collection[Event]) -> Mapping[tuple[str, int], UUID]:
    """The uuids of what the events are about, where it has one."""
    found: dict[tuple[str, int], UUID] = {}
    for name in {event.subject_table for event in events}:
        table = Base.metadata.tables.get(name)  # none, where it is about the house
        if table is not None and "uuid" in table.c:
            ids = {event.subject_id for event in events if event.subject_table == name}
            rows = db.session.execute(select(table.c.id, table.c.uuid).where(table.c.id.in_(ids)))
            found |= {(name, id): uuid for id, uuid in rows}
    return found

"""Cases on Kayako's wire."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import fields
from sqlalchemy.orm import joinedload

from app.api.kayako.finding import person_calling
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
    references,
    things,
)
from app.api.kayako.schemas.fields import told
from app.api.kayako.views.channels import MAIN, channel_of, channel_ref, spoken
from app.api.kayako.views.fields import told_values
from app.api.kayako.views.forms import BRAND_ID
from app.api.kayako.views.read_markers import read_marker_ref
from app.api.kayako.views.slas import sla_of
from app.api.kayako.words import LEVELS, STATES, status_id
from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.digests import Digest, digests_of
from app.cases.field_values import said_by_each
from app.cases.forms import default_form_id
from app.cases.labels import labels_of_each
from app.cases.models import Case, PostKind
from app.cases.queries import cases_numbered
from app.cases.ratings import Score
from app.cases.read_markers import ReadSoFar, read_so_far
from app.cases.types import type_numbers
from app.mail.sending.reach import Reach, reach_numbered
from app.people.models import IdentityKind
from app.people.present import Present, present_each
from app.sla.metrics import metrics_of_each
from app.sla.models import SlaMetric

LONGEST_PREVIEW = 250
# What stands in other tables and is read together with the cases of a page.
LOADS = (joinedload(Case.custom_status), joinedload(Case.team))
PORTALS = {"mail": "MAIL", "web": "HELPCENTER", "portal": "HELPCENTER"}
GOOD, BAD = "GOOD", "BAD"
SCORES: Mapping[str, str] = {Score.LOW: BAD, Score.MIDDLE: GOOD, Score.HIGH: GOOD}
IDENTITIES: Mapping[IdentityKind, str] = {
    IdentityKind.EMAIL: "identity_email",
    IdentityKind.PHONE: "identity_phone",
    IdentityKind.TWITTER: "identity_twitter",
    IdentityKind.FACEBOOK: "identity_facebook",
}
# By what it is called on this wire: the moments that are on the row of a case.
MOMENTS: Mapping[str, str] = {
    **{
        name: name
        for name in (
            *("last_assigned_at", "last_replied_at", "last_opened_at", "last_pending_at", "last_closed_at"),
            *("last_completed_at", "last_agent_activity_at", "last_customer_activity_at"),
            *("last_reply_by_agent_at", "last_reply_by_requester_at", "agent_updated_at"),
        )
    },
    "latest_assignee_update": "latest_assignee_update_at",
    "created_at": "created_at",
    "updated_at": "updated_at",
}
# And the persons.
PERSONS: Mapping[str, str] = {
    name: f"{name}_id"
    for name in ("last_assigned_by", "last_replier", "last_completed_by", "last_updated_by", "last_closed_by")
}


class FieldValue(Shape):
    """What is said in a field."""

    field = a_thing()
    value = a_text()


class CaseShape(Shape):
    """A case."""

    id = a_number()
    legacy_id = a_text("Its id in the system where it comes from.", none=True)
    subject = a_text()
    portal = a_text("API, MAIL or HELPCENTER.")
    source_channel = a_thing()
    last_public_channel = a_thing()
    requester = a_thing()
    creator = a_thing()
    identity = a_thing("Where its requester can be written to.")
    assignee = a_thing("The same as assigned_agent.")
    assigned_agent = a_thing()
    assigned_team = a_thing()
    last_assigned_by = a_thing()
    brand = a_thing()
    status = a_thing()
    priority = a_thing()
    type = a_thing()
    read_marker = a_thing()
    sla_version = a_thing()
    sla_metrics = things()
    form = a_thing()
    custom_fields = fields.List(fields.Nested(FieldValue))
    last_replier = a_thing()
    last_replier_identity = a_thing()
    last_completed_by = a_thing()
    last_updated_by = a_thing()
    last_closed_by = a_thing()
    state = a_text("ACTIVE, SUSPENDED or TRASH.")
    post_count = a_number("Messages and notes.")
    has_notes = a_flag()
    pinned_notes_count = a_number()
    has_attachments = a_flag()
    is_merged = a_flag("Whether it was merged into another one.")
    rating = a_text("GOOD or BAD.", none=True)
    rating_status = a_text("UNOFFERED, or RECEIVED.")
    last_post_status = a_text("SENT, DELIVERED, REJECTED or SEEN; null for what was not mailed.", none=True)
    last_post_preview = a_text(none=True)
    last_post_type = a_text("PUBLIC or NOTE.", none=True)
    last_message_preview = a_text("The same as last_post_preview.", none=True)
    realtime_channel = a_text("Always null: Casey has no such channels.", none=True)
    last_assigned_at = a_moment()
    last_replied_at = a_moment()
    last_opened_at = a_moment()
    last_pending_at = a_moment()
    last_closed_at = a_moment()
    last_completed_at = a_moment()
    last_agent_activity_at = a_moment()
    last_customer_activity_at = a_moment()
    last_reply_by_agent_at = a_moment()
    last_reply_by_requester_at = a_moment()
    agent_updated_at = a_moment()
    latest_assignee_update = a_moment()
    created_at = a_moment()
    updated_at = a_moment()
    tags = things("Shown where fields has +tags.")
    reply_channels = things("Shown where fields has +reply_channels.")


@dataclass(frozen=True)
class Beside:
    """What stands in other tables about the cases of a page, read for all of them at once."""

    digests: Mapping[int, Digest]
    arrived: Mapping[int, Reach]
    people: Mapping[int, Present]
    said: Mapping[int, Sequence[tuple[CustomField, Any]]]
    labels: Mapping[int, Collection[int]]
    types: Mapping[str, int]
    form: int | None
    metrics: Mapping[int, Sequence[SlaMetric]]
    read: Mapping[int, ReadSoFar]

    @classmethod
    def of(cls, cases: Sequence[Case], optional: Collection[str]) -> "Beside":
        ids, digests = [one.id for one in cases], digests_of(cases)
        return cls(
            digests,
            reach_numbered([one.message for one in digests.values() if one.message]),
            present_each(person for case in cases for person in _persons_in(case)),
            said_by_each(FieldLevel.CASE, ids),
            labels_of_each(ids) if "tags" in optional else {},
            type_numbers({one.type for one in cases if one.type}),
            default_form_id(),
            metrics_of_each([one.id for one in cases if one.sla_version_id]),
            read_so_far(ids, person_calling()),
        )

    def person(self, id: int | None) -> Ref | None:
        """Whoever this is now."""
        found = self.people.get(id or 0)
        return reference("user", found.id) if found else None

    def identity(self, id: int | None) -> Ref | None:
        """Where he can be written to."""
        found = self.people.get(id or 0)
        kind = IDENTITIES.get(found.kind) if found and found.kind else None
        return reference(kind, found.identity) if found and kind else None


def _persons_in(case: Case) -> list[int | None]:
    return [case.creator_id, case.requester_id, case.assignee_id, *(getattr(case, one) for one in PERSONS.values())]


def _cases(cases: Sequence[Case], optional: Collection[str]) -> list[Json]:
    beside = Beside.of(cases, optional)
    return [{**_case(one, beside), **_optional(one, beside, optional)} for one in cases]


def _case(case: Case, beside: Beside) -> Json:
    digest = beside.digests[case.id]
    return {
        "id": case.id,
        "legacy_id": case.external_id,
        "subject": case.subject,
        "portal": PORTALS.get(case.channel, "API"),
        "source_channel": channel_ref(channel_of(case.channel)),
        "last_public_channel": channel_ref(channel_of(digest.channel)) if digest.channel else None,
        "requester": beside.person(case.requester_id),
        "creator": beside.person(case.creator_id),
        "identity": beside.identity(case.requester_id),
        **_answerable(case, beside),
        "brand": reference("brand", BRAND_ID),
        "status": reference("case_status", status_id(case)),
        "priority": reference("case_priority", LEVELS[case.priority]),
        "type": reference("case_type", beside.types.get(case.type or "")),
        "read_marker": read_marker_ref(beside.read[case.id]),
        **sla_of(case.sla_version_id, beside.metrics.get(case.id, ())),
        "form": reference("case_form", case.form_id or beside.form),
        "custom_fields": told_values(beside.said[case.id]),
        **{name: beside.person(getattr(case, column)) for name, column in PERSONS.items()},
        "last_replier_identity": beside.identity(case.last_replier_id),
        "state": STATES[case.state],
        "is_merged": case.merged_into_id is not None,
        **_written(digest, beside),
        "realtime_channel": None,
        **{name: told(getattr(case, column)) for name, column in MOMENTS.items()},
    }


def _answerable(case: Case, beside: Beside) -> Json:
    team = reference("team", case.team_id, legacy_id=case.team.external_id) if case.team else None
    assignee = beside.person(case.assignee_id)
    return {"assignee": assignee, "assigned_agent": assignee, "assigned_team": team}


def _written(digest: Digest, beside: Beside) -> Json:
    """What was written on it, and thought of it."""
    preview = " ".join(digest.preview.split())[:LONGEST_PREVIEW] if digest.preview is not None else None
    note = digest.kind is PostKind.NOTE
    arrived = None if note or digest.message is None else beside.arrived.get(digest.message)
    return {
        "post_count": digest.posts,
        "has_notes": digest.notes > 0,
        "pinned_notes_count": digest.pinned_notes,
        "has_attachments": digest.files,
        "rating": SCORES.get(digest.score) if digest.score else None,
        "rating_status": "RECEIVED" if digest.score else "UNOFFERED",
        "last_post_status": arrived.reached.upper() if arrived and arrived.mailed else None,
        "last_post_preview": preview,
        "last_post_type": ("NOTE" if note else "PUBLIC") if digest.kind else None,
        "last_message_preview": preview,
    }


def _optional(case: Case, beside: Beside, optional: Collection[str]) -> Json:
    found: Json = {}
    if "tags" in optional:
        found["tags"] = references("tag", beside.labels[case.id])
    if "reply_channels" in optional:
        found["reply_channels"] = [channel_ref(one) for one in spoken([MAIN])]
    return found


CASE = Resource(
    "case",
    CaseShape,
    _cases,
    lambda ids: {one.id: one for one in cases_numbered(ids, LOADS)},
    path="cases/{}",
    optional=frozenset({"tags", "reply_channels"}),
)

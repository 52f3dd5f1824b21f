"""Cases on Kayako's wire."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import joinedload, undefer

from app.api.kayako.resources import Json, Resource, reference
from app.api.kayako.views.beside_cases import PERSONS, Beside
from app.api.kayako.views.case_shape import CaseShape
from app.api.kayako.views.channels import MAIN, channel_of, channel_ref, spoken
from app.api.kayako.views.field_values import told_values
from app.api.kayako.views.forms import BRAND_ID
from app.api.kayako.views.read_markers import read_marker_ref
from app.api.kayako.views.slas import sla_of
from app.api.kayako.views.statuses import status_ref
from app.api.kayako.views.tags import tag_ref
from app.api.kayako.views.types import type_ref
from app.api.kayako.words import LEVELS, STATES, realtime_channel
from app.cases.digests import Digest
from app.cases.models import Case, PostKind
from app.cases.queries import cases_numbered
from app.cases.ratings import Score

LONGEST_PREVIEW = 250
# What stands in other tables and is read together with the cases of a page.
LOADS = (
    *(joinedload(one) for one in (Case.custom_status, Case.team, Case.known_type)),
    undefer(Case.told_form_id),
)
PORTALS = {"mail": "MAIL", "web": "HELPCENTER", "portal": "HELPCENTER"}
GOOD, BAD = "GOOD", "BAD"
SCORES: Mapping[str, str] = {Score.LOW: BAD, Score.MIDDLE: GOOD, Score.HIGH: GOOD}
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
        "status": status_ref(case),
        "priority": reference("case_priority", LEVELS[case.priority]),
        "type": type_ref(case.known_type),
        "read_marker": read_marker_ref(digest.read),
        **sla_of(case.sla_version_id, beside.metrics.get(case.id, ())),
        "form": reference("case_form", case.told_form_id),
        "custom_fields": told_values(beside.said[case.id]),
        **{name: beside.person(getattr(case, column)) for name, column in PERSONS.items()},
        "last_replier_identity": beside.identity(case.last_replier_id),
        "state": STATES[case.state],
        "is_merged": case.merged_into_id is not None,
        **_written(digest, beside),
        "realtime_channel": realtime_channel("cases", case.id),
        **{name: getattr(case, column) for name, column in MOMENTS.items()},
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
        "rating_status": _rating_status(digest),
        "last_post_status": arrived.reached.upper() if arrived and arrived.mailed else None,
        "last_post_preview": preview,
        "last_post_type": ("NOTE" if note else "PUBLIC") if digest.kind else None,
        "last_message_preview": preview,
    }


def _rating_status(digest: Digest) -> str:
    if digest.score:
        return "RECEIVED"
    return "OFFERED" if digest.asked else "UNOFFERED"


def _optional(case: Case, beside: Beside, optional: Collection[str]) -> Json:
    found: Json = {}
    if "tags" in optional:
        found["tags"] = [tag_ref(one) for one in beside.labels[case.id]]
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

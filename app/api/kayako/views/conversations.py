"""Conversations on Kayako's wire: what a customer sees of a case of his."""

from collections.abc import Collection, Sequence

from marshmallow import fields

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
)
from app.api.kayako.views.case_shape import FieldValue
from app.api.kayako.views.cases import LONGEST_PREVIEW
from app.api.kayako.views.field_values import told_values
from app.api.kayako.words import realtime_channel, status_id, told_channel
from app.cases.custom_fields import FieldLevel
from app.cases.field_values import said_by_each
from app.cases.models import Case
from app.cases.posting import takes_messages
from app.cases.requested import heard_of_each
from app.mail.sending.reach import reach_numbered
from app.people.present import present_each

# What is the team's own: who answers for a case, how much it presses, what it is about and how far it was read.
OF_THE_TEAM = ("assigned_team", "assigned_agent", "priority", "type", "read_marker")


class ConversationShape(Shape):
    """A case, as whoever asked for it sees it."""

    id = a_number()
    uuid = a_text()
    legacy_id = a_text(none=True)
    subject = a_text()
    channel = a_text()
    requester = a_thing()
    creator = a_thing()
    last_replier = a_thing()
    last_agent_replier = a_thing()
    assigned_team = a_thing("null: it is the team's own.")
    assigned_agent = a_thing("null, likewise.")
    status = a_thing()
    is_closed = a_flag("Whether nothing can be said in it any more.")
    priority = a_thing("null, likewise.")
    type = a_thing("null, likewise.")
    read_marker = a_thing("null, likewise.")
    custom_fields = fields.List(
        fields.Nested(FieldValue), metadata={"description": "What is said in fields that customers see."}
    )
    realtime_channel = a_text("A name alone: nothing is told there.")
    last_message_status = a_text("SENT, DELIVERED, REJECTED or SEEN; null for what was not mailed.", none=True)
    last_message_preview = a_text(none=True)
    last_replied_at = a_moment()
    created_at = a_moment()
    updated_at = a_moment()


def _conversations(cases: Sequence[Case], _optional: Collection[str]) -> list[Json]:
    ids, heard = [one.id for one in cases], heard_of_each(cases)
    arrived = reach_numbered([one.message for one in heard.values() if one.message])
    people = present_each(
        person
        for case in cases
        for person in (case.requester_id, case.creator_id, case.last_replier_id, heard[case.id].last_of_team)
    )
    said = said_by_each(FieldLevel.CASE, ids)

    def person(id: int | None) -> object:
        found = people.get(id or 0)
        return Ref("user_minimal", found.id, row=found) if found else None

    def shown(case: Case) -> Json:
        last = heard[case.id]
        reach = arrived.get(last.message or 0)
        return {
            **_case(case),
            "requester": person(case.requester_id),
            "creator": person(case.creator_id),
            "last_replier": person(case.last_replier_id),
            "last_agent_replier": person(last.last_of_team),
            "custom_fields": told_values(one for one in said[case.id] if one[0].visible_to_customers),
            "last_message_status": reach.reached.upper() if reach and reach.mailed else None,
            "last_message_preview": " ".join(last.preview.split())[:LONGEST_PREVIEW] if last.preview else None,
        }

    return [shown(one) for one in cases]


def _case(case: Case) -> Json:
    """What stands on the row of a case."""
    return {
        "id": case.id,
        "uuid": str(case.uuid),
        "legacy_id": case.external_id,
        "subject": case.subject,
        "channel": told_channel(case.channel),
        "status": reference("case_status", status_id(case)),
        "is_closed": case.merged_into_id is not None or not takes_messages(case),
        "realtime_channel": realtime_channel("conversations", case.id),
        **dict.fromkeys(OF_THE_TEAM),
        **{name: getattr(case, name) for name in ("last_replied_at", "created_at", "updated_at")},
    }


CONVERSATION = Resource("conversation", ConversationShape, _conversations, path="conversations/{}")

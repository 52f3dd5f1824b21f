"""What a case looks like on Kayako's wire."""

from marshmallow import fields

from app.api.kayako.resources import Shape, a_flag, a_moment, a_number, a_text, a_thing, things


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
    rating_status = a_text("UNOFFERED, OFFERED or RECEIVED.")
    last_post_status = a_text("SENT, DELIVERED, REJECTED or SEEN; null for what was not mailed.", none=True)
    last_post_preview = a_text(none=True)
    last_post_type = a_text("PUBLIC or NOTE.", none=True)
    last_message_preview = a_text("The same as last_post_preview.", none=True)
    realtime_channel = a_text("A name alone: nothing is told there. GET /events/stream of the native API tells it.")
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

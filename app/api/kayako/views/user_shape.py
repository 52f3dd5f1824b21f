"""What a user looks like on Kayako's wire."""

from marshmallow import fields

from app.api.kayako.resources import Shape, a_flag, a_moment, a_number, a_text, a_thing, things


class MinimalShape(Shape):
    """Somebody as customers see him: by his name alone."""

    id = a_number()
    full_name = a_text()


class UserShape(Shape):
    """A user."""

    id = a_number()
    uuid = a_text()
    full_name = a_text()
    legacy_id = a_text("An id in a system of the integrator's own.", none=True)
    designation = a_text(none=True)
    is_enabled = a_flag("Whether he is neither disabled nor blocked.")
    is_mfa_enabled = a_flag()
    role = a_thing()
    avatar = a_text(none=True)
    agent_case_access = a_text(none=True)
    organization_case_access = a_text(none=True)
    organization = a_thing()
    teams = things()
    emails = things("The first choice first.")
    phones = things()
    twitter = things()
    facebook = things()
    external_identifiers = fields.List(fields.Dict())
    addresses = fields.List(fields.Dict())
    websites = fields.List(fields.Dict())
    custom_fields = fields.List(fields.Dict())
    pinned_notes_count = a_number()
    locale = a_text("His language, such as de or pt-br.", none=True)
    time_zone = a_text(none=True)
    time_zone_offset = a_number("In seconds, at this moment.", none=True)
    greeting = a_text(none=True)
    signature = a_text(none=True)
    status_message = a_text(none=True)
    last_seen_user_agent = a_text(none=True)
    last_seen_ip = a_text(none=True)
    last_seen_at = a_moment()
    last_active_at = a_moment()
    realtime_channel = a_text(none=True)
    presence_channel = a_text(none=True)
    password_updated_at = a_moment()
    avatar_updated_at = a_moment()
    last_logged_in_at = a_moment()
    last_activity_at = a_moment()
    created_at = a_moment()
    updated_at = a_moment()

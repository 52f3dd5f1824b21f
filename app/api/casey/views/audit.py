"""What was changed of the house, and by whom."""

from app.api.casey.views.persons import PersonBrief, person_brief
from app.api.casey.views.shapes import Json, Shape, a_moment, a_part, a_text, a_uuid, a_word, any_value, moment
from app.people.audit import AUDITED, Audited

KINDS = {
    "api_keys": "api_key",
    "bulk_jobs": "job",
    "case_forms": "form",
    "business_hours": "business_hours",
    "cases": "case",
    "channels": "channel",
    "custom_fields": "field",
    "custom_statuses": "status",
    "house": "house",
    "idea_categories": "idea_category",
    "inbound_emails": "inbound",
    "labels": "label",
    "mailboxes": "mailbox",
    "organizations": "organization",
    "persons": "person",
    "setting_overrides": "setting",
    "sla_policies": "sla_policy",
    "teams": "team",
    "trash_emptyings": "emptying",
    "webhooks": "webhook",
}


class KeyBrief(Shape):
    """A key where one is mentioned."""

    uuid = a_uuid()
    name = a_text()


class AuditSubject(Shape):
    """What something was done to."""

    kind = a_word(KINDS.values())
    uuid = a_uuid(null=True)


class AuditEntry(Shape):
    """Something that was done."""

    uuid = a_uuid()
    name = a_word(AUDITED)
    subject = a_part(AuditSubject)
    actor = a_part(PersonBrief, null=True)
    key = a_part(KeyBrief, null=True)
    ip_address = a_text(null=True)
    old = any_value()
    new = any_value()
    created_at = a_moment()


def audit_view(audited: Audited, told: Json) -> Json:
    """Something that was done, and its event as the log tells it; secrets in it are masked."""
    event, key = audited.event, audited.key
    return {
        "uuid": str(event.uuid),
        "name": event.name,
        "subject": {
            "kind": KINDS[event.subject_table],
            "uuid": str(audited.subject) if audited.subject else None,
        },
        "actor": person_brief(audited.actor),
        "key": {"uuid": str(key.uuid), "name": key.name} if key else None,
        "ip_address": event.ip_address,
        "old": told["old"],
        "new": told["new"],
        "created_at": moment(event.created_at),
    }

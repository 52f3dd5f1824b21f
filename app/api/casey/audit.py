"""The audit log."""

from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.keys import AuditPage
from app.api.casey.views.audit import AuditEntry, audit_view
from app.api.casey.views.shapes import page, page_of
from app.people.access import Act
from app.people.audit import audit_page


@route("/audit", "GET", Act.READ_AUDIT, asks=AuditPage, answers=page_of(AuditEntry))
def index(asked: Json) -> Answer:
    """Who changed keys, settings, mailboxes and roles, merged persons and exported cases, from the newest back."""
    found = audit_page(name=asked["name"], before=asked["cursor"], limit=asked["limit"])
    cursor = found[-1].event.sequence if len(found) == asked["limit"] else None
    return page([audit_view(one) for one in found], cursor)

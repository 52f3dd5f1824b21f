"""Organizations."""

from marshmallow import fields

from app.api.casey.views.shapes import Json, Shape, a_moment, a_text, a_uuid, an_object, many, moment
from app.people.models import Organization


class OrganizationAnswer(Shape):
    """An organization."""

    uuid = a_uuid()
    name = a_text()
    external_id = a_text(null=True)
    domains = many(fields.String())
    note = a_text()
    meta = an_object()
    created_at = a_moment()


def organization_view(organization: Organization) -> Json:
    """An organization."""
    return {
        "uuid": str(organization.uuid),
        "name": organization.name,
        "external_id": organization.external_id,
        "domains": [one.domain for one in organization.domains],
        "note": organization.note,
        "meta": organization.meta,
        "created_at": moment(organization.created_at),
    }

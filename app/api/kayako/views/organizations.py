"""Organizations on Kayako's wire."""

from collections.abc import Collection, Sequence

from marshmallow import fields

from app.api.kayako.resources import Json, Resource, Shape, a_flag, a_moment, a_number, a_text, things
from app.api.kayako.views.field_values import told_values
from app.api.kayako.views.identities import domain_refs
from app.cases.custom_fields import FieldLevel
from app.cases.field_values import said_by_each
from app.people.companies import organizations_known
from app.people.models import Organization

LEVEL = FieldLevel.ORGANIZATION


class OrganizationShape(Shape):
    """An organization."""

    id = a_number()
    name = a_text()
    legacy_id = a_text(none=True)
    is_shared = a_flag("Always false: no customer sees the cases of a colleague that he is not in.")
    domains = things()
    is_validated = a_flag()
    phone = fields.List(fields.Dict())
    addresses = fields.List(fields.Dict())
    websites = fields.List(fields.Dict())
    pinned_notes_count = a_number()
    custom_fields = fields.List(fields.Dict())
    created_at = a_moment()
    updated_at = a_moment()


def _organizations(rows: Sequence[Organization], _optional: Collection[str]) -> list[Json]:
    said = said_by_each(LEVEL, [one.id for one in rows])
    return [{**_organization(one), "custom_fields": told_values(said[one.id]), **_dates(one)} for one in rows]


def _organization(one: Organization) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "legacy_id": one.external_id,
        "is_shared": False,
        "domains": domain_refs(one.domains),
        "is_validated": True,
        "phone": [],
        "addresses": _addresses(one),
        "websites": [],
        "pinned_notes_count": 0,
    }


def _addresses(one: Organization) -> list[Json]:
    """The one address that Casey keeps, as it was written."""
    if not one.address:
        return []
    return [{"id": one.id, "address1": one.address, "is_primary": True, "resource_type": "contact_address"}]


def _dates(one: Organization) -> Json:
    return {"created_at": one.created_at, "updated_at": one.updated_at}


ORGANIZATION = Resource("organization", OrganizationShape, _organizations, organizations_known, path="organizations/{}")

"""Organizations."""

from marshmallow import fields

from app.api.casey.views.facts import TeamBrief, team_brief
from app.api.casey.views.shapes import (
    Json,
    Shape,
    a_flag,
    a_moment,
    a_part,
    a_text,
    a_uuid,
    an_object,
    many,
    moment,
)
from app.people.models import Organization


class OrganizationAnswer(Shape):
    """An organization."""

    uuid = a_uuid()
    name = a_text()
    external_id = a_text(null=True)
    domains = many(fields.String())
    note = a_text()
    address = a_text()
    default_team = a_part(TeamBrief, null=True)
    disabled = a_flag("Nobody joins it by his address any more, and its team is given no cases.")
    blocked = a_flag("Each of its customers is as if he were blocked.")
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
        "address": organization.address,
        "default_team": team_brief(organization.default_team),
        "disabled": organization.disabled_at is not None,
        "blocked": organization.blocked_at is not None,
        "meta": organization.meta,
        "created_at": moment(organization.created_at),
    }

"""What is said about organizations."""

from marshmallow import fields, validate

from app.api.casey.schemas.fields import TEXTS, Strict, a_json_object, a_uuid_of, flag, text
from app.api.casey.schemas.persons import LONGEST_TEXT
from app.people.organizations import LONGEST_ADDRESS, MOST_DOMAINS, NAME


class _Described(Strict):
    """What may be said of an organization at once and later. ``domains`` are all there are."""

    external_id = text(200, allow_none=True)
    domains = fields.List(
        text(255, like="other.example", pattern=f"^{NAME}$"),
        validate=validate.Length(max=MOST_DOMAINS, error=f"There must be at most {MOST_DOMAINS} domains."),
        error_messages={**TEXTS, "invalid": "This must be an array of domains."},
    )
    note = text(LONGEST_TEXT, least=0)
    address = text(LONGEST_ADDRESS, least=0, like="Harbour Road 1, 20457 Hamburg")
    default_team = a_uuid_of("a team", allow_none=True)
    meta = a_json_object()


class NewOrganization(_Described):
    """Body of POST /organizations."""

    name = text(200, required=True, like="Other Ltd.")


class OrganizationChange(_Described):
    """Body of PATCH /organizations/{uuid}."""

    name = text(200, like="Other Ltd.")
    disabled = flag()

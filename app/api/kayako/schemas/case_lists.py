"""What a list of cases is asked for."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from app.api.kayako.paging import Paged
from app.api.kayako.schemas.fields import moment, numbers, parts, word, words
from app.api.kayako.words import CUSTOM, TYPES
from app.api.lenient import LARGEST_ID, number, text
from app.people.models import IdentityKind

STATUSES = [*TYPES.values(), CUSTOM]
IDENTITIES = {
    kind.upper(): kind for kind in (IdentityKind.EMAIL, IdentityKind.PHONE, IdentityKind.TWITTER, IdentityKind.FACEBOOK)
}

Json = dict[str, Any]


class Narrowed(Paged):
    """The query of the cases of somebody, or of an organization."""

    status = words(STATUSES)
    priority = number(most=LARGEST_ID)


class CaseQuery(Narrowed):
    """The query of GET /cases. With ids or legacy ids nothing else narrows it."""

    identity_type = word([*IDENTITIES])
    identity_value = text(320)
    tags = parts()
    start_time = moment()
    ids = numbers()
    legacy_ids = parts()

    @validates_schema
    def _identity(self, asked: Json, **_: Any) -> None:
        if "identity_type" in asked and not asked.get("identity_value"):
            raise ValidationError("This field is required with identity_type.", field_name="identity_value")

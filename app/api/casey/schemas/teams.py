"""What is said about teams."""

from app.api.casey.schemas.fields import Strict, a_uuid_of, flag, text
from app.api.casey.schemas.persons import LONGEST_TEXT


class _Described(Strict):
    """What may be said of a team at once and later."""

    external_id = text(200, allow_none=True)
    from_name = text(200, least=0)
    signature = text(LONGEST_TEXT, least=0)


class NewTeam(_Described):
    """Body of POST /teams."""

    name = text(200, required=True, like="First line")
    business_hours = a_uuid_of("business hours", allow_none=True)


class TeamChange(_Described):
    """Body of PATCH /teams/{uuid}."""

    name = text(200, like="First line")
    disabled = flag()
    business_hours = a_uuid_of("business hours", allow_none=True)


class NewMember(Strict):
    """Body of POST /teams/{uuid}/members."""

    person = a_uuid_of("a person", required=True)

"""What is said about who answers for cases in whose place."""

from app.api.casey.schemas.fields import Strict, a_uuid_of


class MemberReplaced(Strict):
    """Body of POST /persons/{uuid}/replace."""

    replacement = a_uuid_of("a member of the team", required=True)


class TeamReplaced(Strict):
    """Body of POST /teams/{uuid}/replace."""

    replacement = a_uuid_of("a team", required=True)

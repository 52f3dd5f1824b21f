"""Teams."""

from collections.abc import Mapping, Sequence

from app.api.casey.views.persons import PersonBrief, person_brief
from app.api.casey.views.shapes import Json, Shape, a_flag, a_moment, a_text, a_uuid, many, moment
from app.people.models import Team
from app.sla.business_hours import hours_numbered
from app.sla.models import BusinessHours


class TeamAnswer(Shape):
    """A team and who belongs to it."""

    uuid = a_uuid()
    name = a_text()
    external_id = a_text(null=True)
    from_name = a_text(help="What stands before the address in mails of this team.")
    signature = a_text()
    disabled = a_flag()
    members = many(PersonBrief)
    business_hours = a_uuid(null=True, help="Its own, else it works in those of the house.")
    created_at = a_moment()


def team_view(team: Team) -> Json:
    """A team and who belongs to it."""
    return team_views([team])[0]


def team_views(teams: Sequence[Team]) -> list[Json]:
    """The same of several; who works when is asked for once."""
    hours = hours_numbered([one.business_hours_id for one in teams if one.business_hours_id])
    return [_team(one, hours) for one in teams]


def _team(team: Team, hours: Mapping[int, BusinessHours]) -> Json:
    own = hours.get(team.business_hours_id or 0)
    return {
        "uuid": str(team.uuid),
        "name": team.name,
        "external_id": team.external_id,
        "from_name": team.from_name,
        "signature": team.signature,
        "disabled": team.disabled_at is not None,
        "members": [person_brief(one) for one in team.members],
        "business_hours": str(own.uuid) if own else None,
        "created_at": moment(team.created_at),
    }

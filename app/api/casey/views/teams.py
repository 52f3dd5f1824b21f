"""Teams."""

from app.api.casey.views.persons import PersonBrief, person_brief
from app.api.casey.views.shapes import Json, Shape, a_flag, a_moment, a_text, a_uuid, many, moment
from app.people.models import Team


class TeamAnswer(Shape):
    """A team and who belongs to it."""

    uuid = a_uuid()
    name = a_text()
    external_id = a_text(null=True)
    from_name = a_text(help="What stands before the address in mails of this team.")
    signature = a_text()
    disabled = a_flag()
    members = many(PersonBrief)
    created_at = a_moment()


def team_view(team: Team) -> Json:
    """A team and who belongs to it."""
    return {
        "uuid": str(team.uuid),
        "name": team.name,
        "external_id": team.external_id,
        "from_name": team.from_name,
        "signature": team.signature,
        "disabled": team.disabled_at is not None,
        "members": [person_brief(one) for one in team.members],
        "created_at": moment(team.created_at),
    }

"""Teams on Kayako's wire."""

from collections.abc import Collection, Iterable, Sequence

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_flag, a_moment, a_number, a_text, a_thing, reference
from app.people.memberships import SizedTeam
from app.people.models import Team
from app.sla.availability import Availability
from app.sla.business_hours import TeamAtWork, teams_at_work


class TeamShape(Shape):
    """A team."""

    id = a_number()
    legacy_id = a_text(none=True)
    title = a_text()
    businesshour = a_thing()
    member_count = a_number()
    created_at = a_moment()
    updated_at = a_moment()


class AvailabilityShape(Shape):
    """Whether a team can be reached at this moment."""

    team = a_thing(none=False)
    is_available = a_flag("Whether it works now, and somebody is in it. Who sits at his desk is not known.")
    is_working = a_flag("Whether it works now: in its own hours, else in those of the house.")
    member_count = a_number("Members who are enabled.")
    businesshour = a_thing("Hours of its own.")


def team_ref(id: int | None, external_id: str | None) -> Ref | None:
    """A reference to a team, beside whose id that of the integrator's own system stands."""
    return reference("team", id, legacy_id=external_id)


def team_refs(teams: Iterable[Team]) -> list[Ref | None]:
    """References to teams."""
    return [team_ref(one.id, one.external_id) for one in teams]


def _teams(rows: Sequence[SizedTeam | TeamAtWork], _optional: Collection[str]) -> list[Json]:
    return [_team(one) for one in rows]


def _team(sized: SizedTeam | TeamAtWork) -> Json:
    team, hours = sized.team, sized.team.business_hours_id
    return {
        "id": team.id,
        "legacy_id": team.external_id,
        "title": team.name,
        "businesshour": hours and Ref("businesshour", hours, row=getattr(sized, "hours", None)),
        "member_count": sized.members,
        "created_at": team.created_at,
        "updated_at": team.updated_at,
    }


def _available(rows: Sequence[Availability], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "team": team_ref(one.team.id, one.team.external_id),
            "is_available": one.available,
            "is_working": one.works,
            "member_count": one.members,
            "businesshour": reference("businesshour", one.team.business_hours_id),
        }
        for one in rows
    ]


AVAILABILITY = Resource("team_availability", AvailabilityShape, _available)
TEAM = Resource("team", TeamShape, _teams, teams_at_work, path="teams/{}")

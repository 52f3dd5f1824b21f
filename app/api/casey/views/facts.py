"""What is said of a case beside what its lists show."""

from app.api.casey.views.shapes import Json, Shape, a_moment, a_part, a_text, a_uuid, an_object, moment
from app.cases.custom_fields import FieldLevel
from app.cases.field_values import fields_of
from app.cases.forms import form_of
from app.cases.models import Case
from app.cases.statuses import custom_status_of
from app.people.models import Team


class TeamBrief(Shape):
    """A team where one is mentioned."""

    uuid = a_uuid()
    name = a_text()


def team_brief(team: Team | None) -> Json | None:
    """A team where one is mentioned."""
    return {"uuid": str(team.uuid), "name": team.name} if team else None


class CaseFacts(Shape):
    """What is said of a case beside what its lists show."""

    type = a_text(null=True)
    language = a_text(null=True)
    custom_status = a_text(null=True, help="The label of a status of your own, whose base `status` is.")
    form = a_text(null=True, help="The title of the form that the case is of.")
    team = a_part(TeamBrief, null=True)
    snoozed_until = a_moment(null=True)
    custom_fields = an_object(key="fields", help="What is said in fields of your own, by their keys.")


def case_facts(case: Case, *, filled: bool = True) -> Json:
    """What is said of a case beside what its lists show; ``filled`` says whether there may be something in fields."""
    custom, form = custom_status_of(case), form_of(case)
    return {
        "type": case.type,
        "language": case.language,
        "custom_status": custom.label if custom else None,
        "form": form.title if form else None,
        "team": team_brief(case.team),
        "snoozed_until": moment(case.snoozed_until),
        "fields": fields_of(FieldLevel.CASE, case.id) if filled else {},
    }

"""Who is in a case: letting somebody in, and taking somebody out. A route and a verb for each."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from app.cases.leaving import remove_participant
from app.cases.models import Case
from app.cases.muting import mute_participant, unmute_participant
from app.cases.participation import add_participant
from app.mail.deciding.newcomers import newcomer
from app.people.access import Act
from app.people.models import Person
from app.people.persons import person_by_uuid
from app.portal.team.acting import done
from app.portal.team.case_forms import Join
from app.portal.team.pages import Button
from app.portal.team.session import guard
from app.text import storable
from app.transaction import retried

HERE = "#people"

bp = Blueprint("team_case_people", __name__, url_prefix="/team/cases/<uuid:uuid>")
guard(bp, Act.WRITE_CASES)


@bp.post("/participants")
@retried
def join(uuid: UUID) -> AnyResponse:
    """Let somebody in, who gets what is written from now on."""
    form = Join()

    def add(case: Case, me: Person) -> None:
        person = newcomer(case, form.address.data or "", storable(form.name.data or ""))
        add_participant(case, person, by=me)

    return done(uuid, form, add, at=HERE)


@bp.post("/participants/<uuid:person>/remove")
@retried
def remove(uuid: UUID, person: UUID) -> AnyResponse:
    """Take somebody out. He can be let in again."""
    return done(uuid, Button(), lambda case, me: remove_participant(case, person_by_uuid(person), by=me), at=HERE)


@bp.post("/mute")
def mute(uuid: UUID) -> AnyResponse:
    """Mail me nothing of this case from now on."""
    return done(uuid, Button(), lambda case, me: mute_participant(case, me, by=me), at=HERE)


@bp.post("/unmute")
def unmute(uuid: UUID) -> AnyResponse:
    """Mail me again what is written."""
    return done(uuid, Button(), lambda case, me: unmute_participant(case, me, by=me), at=HERE)

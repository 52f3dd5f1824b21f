"""What a search found."""

from app.api.casey.views.persons import PersonBrief, person_brief
from app.api.casey.views.shapes import Json, Shape, a_moment, a_part, a_text, a_uuid, a_word, moment
from app.cases.models import Case, State, Status
from app.cases.search import Hit, Place


class CaseBrief(Shape):
    """A case where one is mentioned."""

    uuid = a_uuid()
    reference = a_text()
    subject = a_text()
    state = a_word(State)
    status = a_word(Status)


def case_brief(case: Case | None) -> Json | None:
    """A case where one is mentioned."""
    if case is None:
        return None
    return {
        "uuid": str(case.uuid),
        "reference": case.reference,
        "subject": case.subject,
        "state": case.state,
        "status": case.status,
    }


class HitAnswer(Shape):
    """Something that was found: of a person there is no case, and of a subject no post."""

    place = a_word(Place)
    case = a_part(CaseBrief, null=True)
    post = a_uuid(null=True)
    person = a_part(PersonBrief)
    snippet = a_text(help="A line around what was found, which stands between two pairs of asterisks.")
    at = a_moment()


def hit_view(hit: Hit) -> Json:
    """Something that was found; the person is its author, the requester of the case, or who was found."""
    return {
        "place": hit.place,
        "case": case_brief(hit.case),
        "post": str(hit.post.uuid) if hit.post else None,
        "person": person_brief(hit.person),
        "snippet": hit.snippet,
        "at": moment(hit.at),
    }

"""What cases have to do with each other."""

from app.api.casey.views.shapes import Json, Shape, a_text, a_uuid, a_word
from app.cases.case_links import WORDS
from app.cases.models import Case


class CaseLinkAnswer(Shape):
    """Another case, and what the case that is shown is to it."""

    case = a_uuid()
    reference = a_text()
    subject = a_text()
    kind = a_word(WORDS)


def case_link_view(other: Case, kind: str) -> Json:
    """Another case, and what the case that is shown is to it."""
    return {"case": str(other.uuid), "reference": other.reference, "subject": other.subject, "kind": kind}

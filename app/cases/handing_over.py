"""What one person is in cases, another one becomes."""

from sqlalchemy import select

from app.cases.canned_answers import CannedAnswer
from app.cases.custom_fields import CustomField, CustomFieldValue, FieldLevel
from app.cases.filters import SavedFilter
from app.cases.invitations import Invitation
from app.cases.links import Link
from app.cases.models import Case, Participant, Post
from app.cases.proposals import Proposal
from app.cases.rated_twice import keep_later_ratings
from app.cases.ratings import Rating
from app.cases.read_markers import ReadMarker
from app.cases.uploads import Upload
from app.events import Actor
from app.people.merging import hand_over, hand_over_once

MOVED = (
    Case.creator_id,
    Case.requester_id,
    Case.assignee_id,
    Post.author_id,
    Link.person_id,
    Proposal.proposed_by_id,
    Rating.person_id,
    Rating.rated_id,
    SavedFilter.owner_id,
    CannedAnswer.owner_id,
    Upload.person_id,
)
ONCE_IN_A_CASE = (
    (Participant.person_id, Participant.case_id),
    (Invitation.person_id, Invitation.case_id),
    (ReadMarker.person_id, ReadMarker.case_id),
)


def hand_over_cases(person_id: int, into_id: int, *, by: Actor | None) -> None:
    """Let one person stand wherever the other stood; in a case of both, as he did himself.

    So whoever was taken out of a case stays out of it, and the links of the other to it are dead. Of two ratings of the
    same thing the later one stands.
    """
    keep_later_ratings(person_id, into_id, by=by)
    for column in MOVED:
        hand_over(column, person_id, into_id)
    for column, case in ONCE_IN_A_CASE:
        hand_over_once(column, case, person_id, into_id)
    of_persons = select(CustomField.id).where(CustomField.level == FieldLevel.PERSON)
    hand_over_once(
        CustomFieldValue.owner_id,
        CustomFieldValue.field_id,
        person_id,
        into_id,
        CustomFieldValue.field_id.in_(of_persons),
    )

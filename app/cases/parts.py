"""What there is in a case beside its messages. Most cases have little of it, so that one question spares many."""

from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm.attributes import set_committed_value

from app.cases.attachments import Attachment
from app.cases.case_links import CaseLink
from app.cases.custom_fields import CustomFieldValue
from app.cases.labels import CaseLabel
from app.cases.models import Case, Post, PostKind
from app.cases.proposals import Proposal
from app.cases.ratings import Rating
from app.extensions import db


class Part(StrEnum):
    """A kind of what a case may have. Fields may turn out to be those of a person with the same number."""

    LABELS = "labels"
    ATTACHMENTS = "attachments"
    NOTES = "notes"
    PROPOSALS = "proposals"
    LINKS = "links"
    RATINGS = "ratings"
    FIELDS = "fields"


_CASE: Any = bindparam("case")
_THERE = {
    Part.LABELS: exists().where(CaseLabel.case_id == _CASE),
    Part.ATTACHMENTS: exists().where(Attachment.post_id == Post.id, Post.case_id == _CASE),
    Part.NOTES: exists().where(Post.case_id == _CASE, Post.kind == PostKind.NOTE),
    Part.PROPOSALS: exists().where(Proposal.case_id == _CASE),
    Part.LINKS: or_(exists().where(CaseLink.case_id == _CASE), exists().where(CaseLink.other_id == _CASE)),
    Part.RATINGS: exists().where(Rating.case_id == _CASE),
    Part.FIELDS: exists().where(CustomFieldValue.owner_id == _CASE),
}
_QUESTION = select(*(there.label(part) for part, there in _THERE.items()))


def parts_of(case: Case) -> frozenset[Part]:
    """What the case has. Labels that it does not have need not be asked for any more."""
    db.session.flush()  # what has just been put there counts too
    found = db.session.execute(_QUESTION, {"case": case.id}).one()
    has = frozenset(part for part in Part if getattr(found, part))
    if Part.LABELS not in has:
        set_committed_value(case, "labels", [])
    return has

"""Cases on Deskie's wire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import fields
from sqlalchemy.orm import load_only

from app.api.deskie.custom_fields import told_fields
from app.api.deskie.dates import ABSENT, told
from app.api.deskie.languages import language_id
from app.api.deskie.views.ideas import IdeaShape, idea_in
from app.api.deskie.views.ratings import told_rating
from app.api.deskie.views.shapes import Json, Shape, a_flag, a_moment, a_number, a_text, list_of
from app.api.deskie.words import STATUSES, UNSPOKEN, told_channel
from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.field_definitions import fields_at
from app.cases.field_values import said_by_each
from app.cases.labels import labels_of_each
from app.cases.models import Case
from app.cases.participation import further_customers
from app.cases.ratings import rating_of_case
from app.config import settings
from app.people.models import Person

MINUTE = 60
# What of a case itself a list shows.
SHOWN = (
    load_only(
        *(Case.reference, Case.subject, Case.status, Case.priority, Case.channel, Case.language),
        *(Case.requester_id, Case.assignee_id, Case.team_id, Case.merged_into_id),
        *(Case.created_at, Case.updated_at, Case.closed_at, Case.last_post_at, Case.trashed_at, Case.spam_at),
    ),
)

Said = Sequence[tuple[CustomField, Any]]


class CaseShape(Shape):
    """A case."""

    case_id = a_number()
    case_number = a_text()
    subject = a_text()
    user_id = a_number()
    staff_id = a_number("Who answers for it; 0: nobody.")
    group_id = a_number("Which group answers for it; 0: none.")
    status = a_text()
    priority = a_text()
    channel = a_text()
    recipient = a_text()
    cc_emails = a_text()
    bcc_emails = a_text()
    recipient_cc = a_text("The same as cc_emails.")
    recipient_bcc = a_text("The same as bcc_emails.")
    deleted = a_flag()
    spam = a_flag()
    created_at = a_moment()
    closed_at = a_moment()
    updated_at = a_moment()
    last_response_at = a_moment()
    parent_case_id = a_number("The case that has taken this one up; 0: none.")
    closing_speed = fields.Raw(required=True, metadata={"description": "Minutes until it was closed; -: it is not."})
    language_id = a_number("0: not known.")
    custom_fields = fields.Dict(required=True)
    labels = fields.List(fields.Integer(), required=True)
    locked_labels = fields.List(fields.Integer(), required=True)
    rating = a_text(needed=False)
    rating_comment = a_text(needed=False)
    rated_staff_id = fields.Integer()
    idea = fields.Nested(IdeaShape)


class OneCase(Shape):
    """A case in its envelope; of several that were changed, which."""

    case = fields.Nested(CaseShape)
    case_success_id = fields.List(fields.Integer())


class Removed(Shape):
    """What is left of cases: nothing of one, of several which they were."""

    case_success_id = fields.List(fields.Integer())


def one_case(case: Case) -> Json:
    """A case in its envelope, with what its user thought of it."""
    return {"case": {**case_rows([case])[0], **told_rating(rating_of_case(case)), **idea_in(case)}}


CaseList = list_of("case", CaseShape)


@dataclass(frozen=True)
class Beside:
    """What stands in other tables about the cases of a page, read for all of them at once."""

    fields: Sequence[CustomField]
    said: Mapping[int, Said]
    copied: Mapping[int, Sequence[Person]]
    labels: Mapping[int, Mapping[int, bool]]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> "Beside":
        ids = [one.id for one in cases]
        return cls(
            fields_at(FieldLevel.CASE),
            said_by_each(FieldLevel.CASE, ids),
            further_customers(cases),
            labels_of_each(ids),
        )


def case_rows(cases: Sequence[Case]) -> list[Json]:
    """Cases as a list shows them."""
    beside = Beside.of(cases)
    return [_row(case, beside) for case in cases]


def _row(case: Case, beside: Beside) -> Json:
    copies = ",".join(one.email for one in beside.copied[case.id] if one.email)
    labels = beside.labels[case.id]
    return {
        "case_id": case.id,
        "case_number": case.reference,
        "subject": case.subject,
        "user_id": case.requester_id,
        "staff_id": case.assignee_id or 0,
        "group_id": case.team_id or 0,
        "status": STATUSES[case.status],
        "priority": case.priority,
        "channel": told_channel(case.channel),
        "recipient": _recipient(case),
        "cc_emails": copies,
        "bcc_emails": "",
        "recipient_cc": copies,
        "recipient_bcc": "",
        "deleted": case.trashed_at is not None,
        "spam": case.spam_at is not None,
        "created_at": told(case.created_at),
        "closed_at": told(case.closed_at),
        "updated_at": told(case.updated_at),
        "last_response_at": told(case.last_post_at),
        "parent_case_id": case.merged_into_id or 0,
        "closing_speed": _closing_speed(case),
        "language_id": language_id(case.language),
        "custom_fields": told_fields(beside.said[case.id], beside.fields),
        "labels": [*labels],
        "locked_labels": [label_id for label_id, locked in labels.items() if locked],
    }


def _recipient(case: Case) -> str:
    """Where it was written to: our one address, or the channel that is not ours."""
    channel = told_channel(case.channel)
    if channel == "idea":
        return ""
    return channel if channel in UNSPOKEN or channel.startswith("cch") else settings().mail_address or ""


def _closing_speed(case: Case) -> int | str:
    """In minutes."""
    return int((case.closed_at - case.created_at).total_seconds()) // MINUTE if case.closed_at else ABSENT

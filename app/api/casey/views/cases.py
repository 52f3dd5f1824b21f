"""Cases, as lists show them and whole."""

from marshmallow import fields

from app.api.casey.views.facts import CaseFacts, case_facts
from app.api.casey.views.links import CaseLinkAnswer, case_link_view
from app.api.casey.views.persons import (
    ParticipantAnswer,
    PersonBrief,
    ProposalAnswer,
    participant_view,
    person_brief,
    proposal_view,
)
from app.api.casey.views.posts import MessageAnswer, NoteAnswer, message_view, note_view
from app.api.casey.views.ratings import RatingAnswer, rating_view
from app.api.casey.views.shapes import (
    Json,
    Shape,
    a_flag,
    a_moment,
    a_number,
    a_part,
    a_text,
    a_uuid,
    a_word,
    an_object,
    many,
    moment,
)
from app.cases.case_links import links_of
from app.cases.labels import label_names
from app.cases.models import Case, Priority, State, Status
from app.cases.parts import Part, parts_of
from app.cases.proposals import proposals_of
from app.cases.queries import message_count, note_count
from app.cases.ratings import ratings_of
from app.cases.reading import messages_of, notes_of

MOST_MESSAGES = MOST_NOTES = 1000


class CaseRow(Shape):
    """A case as lists show it."""

    uuid = a_uuid()
    reference = a_text(help="For people, such as 664-245651. It is no secret and gives no access.")
    subject = a_text()
    state = a_word(State)
    status = a_word(Status)
    priority = a_word(Priority)
    category = a_text(null=True)
    tags = many(fields.String())
    meta = an_object()
    channel = a_text()
    creator = a_part(PersonBrief)
    requester = a_part(PersonBrief)
    assignee = a_part(PersonBrief, null=True)
    created_at = a_moment()
    updated_at = a_moment()
    closed_at = a_moment(null=True)


def case_row(case: Case) -> Json:
    """A case as lists show it."""
    return {
        "uuid": str(case.uuid),
        "reference": case.reference,
        "subject": case.subject,
        "state": case.state,
        "status": case.status,
        "priority": case.priority,
        "category": case.category,
        "tags": label_names(case),
        "meta": case.meta,
        "channel": case.channel,
        "creator": person_brief(case.creator),
        "requester": person_brief(case.requester),
        "assignee": person_brief(case.assignee),
        "created_at": moment(case.created_at),
        "updated_at": moment(case.updated_at),
        "closed_at": moment(case.closed_at),
    }


class CaseAnswer(CaseRow, CaseFacts):
    """The whole case."""

    follows = a_uuid(null=True)
    merged_into = a_uuid(null=True)
    participants = many(ParticipantAnswer)
    proposals = many(ProposalAnswer)
    messages = many(MessageAnswer)
    messages_total = a_number()
    notes = many(NoteAnswer)
    notes_total = a_number()
    ratings = many(RatingAnswer)
    links = many(CaseLinkAnswer)
    more = a_flag("Whether there are more messages or notes than are shown.")


def case_view(case: Case) -> Json:
    """The whole case; of an endless one, the latest messages and notes, and that there are more.

    It holds addresses and notes, and must never be passed to a customer's browser as it is.
    """
    has = parts_of(case)
    files = Part.ATTACHMENTS in has
    messages = messages_of(case, latest=MOST_MESSAGES, files=files)
    notes = notes_of(case, latest=MOST_NOTES, files=files) if Part.NOTES in has else []
    messages_total = message_count(case) if len(messages) == MOST_MESSAGES else len(messages)
    notes_total = note_count(case) if len(notes) == MOST_NOTES else len(notes)
    return {
        **case_row(case),
        **case_facts(case, filled=Part.FIELDS in has),
        "follows": str(case.follows.uuid) if case.follows else None,
        "merged_into": str(case.merged_into.uuid) if case.merged_into else None,
        "participants": [participant_view(one) for one in case.participants],
        "proposals": [proposal_view(one) for one in (proposals_of(case) if Part.PROPOSALS in has else ())],
        "messages": [message_view(post) for post in messages],
        "messages_total": messages_total,
        "notes": [note_view(post) for post in notes],
        "notes_total": notes_total,
        "links": [case_link_view(other, kind) for other, kind in (links_of(case) if Part.LINKS in has else ())],
        "ratings": [rating_view(one) for one in (ratings_of(case) if Part.RATINGS in has else ())],
        "more": messages_total > len(messages) or notes_total > len(notes),
    }


class HowToConfirm(Shape):
    """How the creator of a pending case confirms it."""

    code = a_text()
    url = a_text()


class OpenedCase(CaseAnswer):
    """A case just opened; while it is pending and mail is off, with how to confirm it."""

    confirmation = fields.Nested(HowToConfirm)

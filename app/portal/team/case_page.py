"""The page of a case as the team sees it, put together for reading it and for every act that comes back into it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask_wtf import FlaskForm

from app.cases.attachments import latest_attachments
from app.cases.canned_answers import answers_for
from app.cases.custom_fields import FieldLevel
from app.cases.field_definitions import fields_at
from app.cases.field_values import fields_of
from app.cases.invitations import open_invitation
from app.cases.labels import label_names
from app.cases.leaving import mistaken_persons
from app.cases.models import Case, Post, State
from app.cases.participation import active_participants
from app.cases.posting import takes_messages
from app.cases.proposals import proposals_of
from app.cases.queue import queued
from app.cases.ratings_shown import ratings_beside
from app.cases.reading import case_with_people
from app.cases.statuses import statuses
from app.mail.conversation import conversation
from app.mail.deciding.reasons import admissible
from app.mail.inbound import mails_on
from app.mail.models import Outcome
from app.mail.sending.deliveries import AGAIN, failed_deliveries, latest_deliveries
from app.mail.sending.masking.mask import Mask
from app.mail.sending.reception import reception_of
from app.people.access import Act, can
from app.people.members import active_members
from app.people.models import Person
from app.people.teams import teams_in_use
from app.portal.history import stretch
from app.portal.live import live_case
from app.portal.team.case_forms import Assign, Decline, Join, Labels, Merge, Note, Press, Stand, Write
from app.portal.team.field_forms import Fields, fields_form
from app.portal.team.pages import team_page
from app.portal.team.reasons import why
from app.portal.team.session import member

MOST_FILES = 50  # that can be chosen from in a field


def case_page(uuid: UUID, status: int = 200, *, form: FlaskForm | None = None, refused: str | None = None) -> Response:
    """The page of a case; with a form that came back, and why."""
    me, case = member(), case_with_people(uuid)
    live, shown = live_case(f"/team/cases/{uuid}", case, me), stretch(case, me)
    [known] = queued([case], me)
    return team_page(
        "case.html",
        status,
        frames=False,
        case=case,
        unread=known.unread,
        invited=open_invitation(case, me) is not None,
        latest=shown.posts[-1].id if shown.posts else 0,
        messages=conversation(case, shown.posts, reader=me),
        more=shown.more,
        later=shown.before is not None,
        live=live if shown.before is None else None,
        open=takes_messages(case),
        pending=case.state is State.PENDING,
        came_back=type(form).__name__ if form else None,
        refused=refused,
        forms=_forms(case, me, form),
        **_reactions(case, shown.posts),
        **_people(case),
        **_mails(case, me),
    )


def _forms(case: Case, me: Person, came_back: FlaskForm | None) -> Mapping[str, FlaskForm]:
    """A form for each act, filled with what is so now; the one that came back as it was typed."""
    forms: dict[str, Any] = {
        "write": Write(formdata=None),
        "note": Note(formdata=None),
        "join": Join(formdata=None),
        "assign": Assign(formdata=None),
        "labels": Labels(formdata=None, labels=", ".join(label_names(case))),
        "press": Press(formdata=None, priority=case.priority),
        "stand": Stand(formdata=None),
        "merge": Merge(formdata=None),
        "decline": Decline(formdata=None),
        "fields": fields_form(fields_at(FieldLevel.CASE), fields_of(FieldLevel.CASE, case.id)),
    }
    if came_back is not None:
        forms = {name: came_back if _alike(one, came_back) else one for name, one in forms.items()}
    forms["write"].offer(answers_for(me))
    forms["assign"].offer(case, me, active_members(), teams_in_use())
    forms["stand"].offer(case, statuses())
    _offer_files(forms["fields"], case, me)
    return forms


def _alike(one: FlaskForm, other: FlaskForm) -> bool:
    """Whether they are for the same act; that of the operator's fields is made anew each time."""
    return type(one).__name__ == type(other).__name__


def _offer_files(form: Fields, case: Case, me: Person) -> None:
    """Let fields name the latest files of the case, and those that they name already."""
    if form.for_files:
        mask = Mask(me, case)
        found = latest_attachments(case, most=MOST_FILES, among=form.named_files)
        form.offer([(str(one.uuid), mask.file_name(one.name)) for one in found])


def _reactions(case: Case, posts: list[Post]) -> Mapping[str, object]:
    """How far our mails of each message got, who is said to have seen it, and what was thought of it."""
    return {
        "reception": reception_of([one for one in posts if one.author.team]),
        "seen": {one.id for one in posts if one.seen_at},
        "ratings": ratings_beside(case, posts),
    }


def _people(case: Case) -> Mapping[str, object]:
    """Who is in it and who says he should not be, how far our latest mail to each got, and who might be let in."""
    participants, latest = active_participants(case), latest_deliveries(case)
    beside = {latest[one.person_id].id for one in participants if one.person_id in latest}
    return {
        "participants": participants,
        "mistaken": mistaken_persons(case),
        "proposals": proposals_of(case),
        "deliveries": latest,
        "failed": [one for one in failed_deliveries(case) if one.id not in beside],
        "again": AGAIN,
    }


def _mails(case: Case, me: Person) -> Mapping[str, object]:
    """What became of the mails that came, and what the reader may decide about them."""
    mails = mails_on(case) if can(me.role, Act.READ_MAIL) else []
    return {
        "held": [one for one in mails if one.outcome is Outcome.HELD],
        "mails": mails,
        "why": why,
        "admissible": admissible,
        "merges": can(me.role, Act.MERGE_CASES),
    }

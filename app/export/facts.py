"""What is told of cases beside what was written in them: plain JSON, in the shape that an import takes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from app.cases.case_links import SEEN_FROM_THERE, CaseLink
from app.cases.custom_fields import FieldLevel
from app.cases.field_values import fields_of_each
from app.cases.forms import form_of
from app.cases.labels import label_names
from app.cases.models import Case, Participant
from app.cases.ratings import Rating
from app.cases.statuses import custom_status_of
from app.extensions import db
from app.people.models import Person
from app.sla.metrics import metrics_of_each
from app.sla.models import SlaMetric

Json = dict[str, Any]

LOADS = (
    selectinload(Case.creator),
    selectinload(Case.requester),
    selectinload(Case.assignee),
    selectinload(Case.organization),
    selectinload(Case.team),
    selectinload(Case.custom_status),
    selectinload(Case.form),
    selectinload(Case.participants),
    selectinload(Case.labels),
    selectinload(Case.follows),
    selectinload(Case.merged_into),
)
MOMENTS = ("created_at", "updated_at", "confirmed_at", "closed_at", "spam_at", "trashed_at", "snoozed_until")
Ratings = Mapping[tuple[int, int | None], Sequence[Json]]


def moment(at: datetime | None) -> str | None:
    """A moment to the microsecond, so that nothing of it is lost on the way."""
    return at.isoformat().replace("+00:00", "Z") if at else None


def address_of(person: Person) -> str:
    """The address by which a person is known again; of one who has none, one at which nobody can be reached."""
    return person.email or f"{person.uuid}@nowhere.test"


def told_person(person: Person) -> Json:
    """A person, as far as a case names him."""
    return {"email": address_of(person), "name": person.name, "team": person.team}


def told_facts(cases: Sequence[Case], ratings: Ratings) -> dict[int, Json]:
    """The cases without their posts, by their ids."""
    ids = [one.id for one in cases]
    said, links, metrics = fields_of_each(FieldLevel.CASE, ids), _links(ids), metrics_of_each(ids)
    return {
        case.id: {
            **_names(case),
            **_words(case),
            "fields": said[case.id],
            "links": links[case.id],
            "sla": [_metric(one) for one in metrics[case.id]],
            "participants": [_participant(one) for one in case.participants],
            "ratings": list(ratings.get((case.id, None), ())),
            **{name: moment(getattr(case, name)) for name in MOMENTS},
        }
        for case in cases
    }


def _names(case: Case) -> Json:
    """How it is called; ``external_id`` is how whoever takes it over knows it again."""
    return {
        "uuid": str(case.uuid),
        "reference": case.reference,
        "external_id": case.external_id or str(case.uuid),
        "follows": str(case.follows.uuid) if case.follows else None,
        "merged_into": str(case.merged_into.uuid) if case.merged_into else None,
    }


def _words(case: Case) -> Json:
    custom, form = custom_status_of(case), form_of(case)
    return {
        "subject": case.subject,
        "state": case.state,
        "status": case.status,
        "custom_status": custom.label if custom else None,
        "form": form.title if form else None,
        "priority": case.priority,
        "type": case.type,
        "category": case.category,
        "channel": case.channel,
        "language": case.language,
        "tags": label_names(case),
        "meta": case.meta,
        "creator": told_person(case.creator),
        "requester": told_person(case.requester),
        "assignee": told_person(case.assignee) if case.assignee else None,
        "team": case.team.name if case.team else None,
        "organization": case.organization.name if case.organization else None,
    }


def _participant(one: Participant) -> Json:
    times = {name: moment(getattr(one, name)) for name in ("joined_at", "removed_at", "muted_at")}
    return {**told_person(one.person), "alias": one.alias, **times}


def _links(ids: Sequence[int]) -> Mapping[int, list[Json]]:
    """What the cases have to do with others, each seen from its side."""
    found: dict[int, list[Json]] = defaultdict(list)
    query = select(CaseLink).where(or_(CaseLink.case_id.in_(ids), CaseLink.other_id.in_(ids)))
    for link in db.session.scalars(query.order_by(CaseLink.created_at)):
        found[link.case_id].append({"case": str(link.other.uuid), "kind": str(link.kind)})
        found[link.other_id].append({"case": str(link.case.uuid), "kind": SEEN_FROM_THERE[link.kind]})
    return found


def _metric(one: SlaMetric) -> Json:
    """How a promise was kept."""
    times = ("started_at", "due_at", "paused_at", "completed_at", "breached_at")
    return {
        "policy": one.target.version.title,
        "metric": one.metric,
        "goal": one.target.goal,
        "hours": one.target.hours,
        "stage": one.stage,
        **{name: moment(getattr(one, name)) for name in times},
    }


def told_ratings(cases: Sequence[Case]) -> Ratings:
    """What was thought of the cases and of their messages, by case and message; the case alone goes without one."""
    found: dict[tuple[int, int | None], list[Json]] = defaultdict(list)
    query = select(Rating).where(Rating.case_id.in_([one.id for one in cases])).order_by(Rating.id)
    for rating in db.session.scalars(query.options(selectinload(Rating.person), selectinload(Rating.rated))):
        found[rating.case_id, rating.post_id].append(_rating(rating))
    return found


def _rating(rating: Rating) -> Json:
    return {
        "from": address_of(rating.person) if rating.person else None,
        "rated": address_of(rating.rated) if rating.rated else None,
        "score": rating.score,
        "comment": rating.comment,
        "created_at": moment(rating.created_at),
    }

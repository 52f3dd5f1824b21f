"""What can be asked of the list of cases."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.cases.custom_fields import FieldLevel
from app.cases.labels import CaseLabel, Label
from app.cases.models import Case, Priority, State, Status
from app.cases.named_filters import custom_status, fields, meta
from app.cases.queries import in_state
from app.listing import Filter, Listing, moments, parted, texts, words
from app.listing.filters import Asker, list_of, words_in
from app.listing.linked import linked
from app.listing.lookups import among_found
from app.people import lists
from app.people.filters import organizations, persons, teams
from app.people.models import Person
from app.people.persons import persons_by_id

ANY = "any"


def _states(text: str, _me: Asker | None) -> ColumnElement[bool]:
    """The state is made of three moments, each of which has an index of its own."""
    return true() if text == ANY else or_(*(in_state(State(one)) for one in words_in(text, State)))


def _labelled(text: str, _me: Asker | None) -> ColumnElement[bool]:
    keys = {one.lower() for one in parted(text)}
    labels = among_found(CaseLabel.label_id, [], select(Label.id).where(Label.key.in_(keys)))
    labelled = select(CaseLabel.case_id).where(labels)
    return linked(Case.id, labelled, CaseLabel.case_id)


def _tell_people(cases: Sequence[Case]) -> None:
    """Who opened each case, for whom, and who answers for it: mostly the same few persons."""
    roles = [
        (case, role, getattr(case, f"{role}_id")) for case in cases for role in ("creator", "requester", "assignee")
    ]
    persons = persons_by_id(id for _, _, id in roles if id)
    for case, role, id in roles:
        set_committed_value(case, role, persons[id] if id else None)


CASES = Listing(
    Case,
    filters={
        "state": Filter(
            _states,
            f"Any of {', '.join(State)}; or any, for all of them. Active unless asked otherwise.",
            "active",
            list_of(*State) + f"|^{ANY}$",
        ),
        "status": words(Case.status, Status),
        "priority": words(Case.priority, Priority),
        "custom_status": custom_status(),
        "type": texts(Case.type, "bug"),
        "category": texts(Case.category, "shop"),
        "channel": texts(Case.channel, "api"),
        "language": texts(Case.language, "en"),
        "tag": Filter(_labelled, "Tags, of which a case has one or more.", "bug"),
        "creator": persons(Case.creator_id),
        "requester": persons(Case.requester_id),
        "assignee": persons(Case.assignee_id),
        "team": teams(Case.team_id),
        "organization": organizations(Case.organization_id),
        "created_at": moments(Case.created_at),
        "updated_at": moments(Case.updated_at),
        "closed_at": moments(Case.closed_at),
        "last_post_at": moments(Case.last_post_at),
        "reference": texts(Case.reference, "664-245651"),
        "external_id": texts(Case.external_id, "order-4711"),
    },
    sorts={
        "created_at": Case.created_at,
        "updated_at": Case.updated_at,
        "last_post_at": Case.last_post_at,
        "closed_at": Case.closed_at,
        "priority": Case.priority_rank,
    },
    sort="-created_at",
    usual={"state": State.ACTIVE},
    loads=(selectinload(Case.labels),),
    completed=_tell_people,
    families={"field": fields(FieldLevel.CASE, Case.id), "meta": meta()},
)
PERSONS = replace(lists.PERSONS, families={"field": fields(FieldLevel.PERSON, Person.id)})

"""What cases are selected by, for those who know everything by integer ids and look for pieces of texts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, not_, or_, select, true

from app.cases.custom_fields import CustomField, CustomFieldValue, FieldLevel, FieldType
from app.cases.fragments import SAID, SUBJECTS
from app.cases.labels import CaseLabel
from app.cases.list_values import Said, texts
from app.cases.models import Case, CustomStatus, Participant, Priority, State, Status
from app.cases.named_filters import reading
from app.cases.queries import in_state
from app.listing.filters import Column, Condition, among
from app.listing.fragments import Fragment
from app.listing.linked import few, linked
from app.people.fragments import ADDRESSES
from app.people.identities import key_piece
from app.people.models import TEAM_ROLES, Identity, IdentityKind, Person

OWNERS: dict[FieldLevel, Column] = {
    FieldLevel.CASE: Case.id,
    FieldLevel.PERSON: Case.requester_id,
    FieldLevel.ORGANIZATION: Case.organization_id,
}
FREE_TEXTS = (FieldType.TEXT, FieldType.TEXTAREA, FieldType.REGEX)
FLAGS = (FieldType.CHECKBOX, FieldType.YES_NO)


def in_play() -> Condition:
    """Neither pending nor spam nor in the trash."""
    return in_state(State.ACTIVE)


def not_merged() -> Condition:
    """Not taken up by another case."""
    return Case.merged_into_id.is_(None)


def requested_by(persons: Iterable[int]) -> Condition:
    """Whose case it is."""
    return among(Case.requester_id, persons)


def assigned_to(persons: Iterable[int | None]) -> Condition:
    """Who answers for it; None is nobody."""
    return among(Case.assignee_id, persons)


def given_to(teams: Iterable[int | None]) -> Condition:
    """Which team answers for it; None is none."""
    return among(Case.team_id, teams)


def of_organizations(organizations: Iterable[int]) -> Condition:
    """Which company it is about."""
    return among(Case.organization_id, organizations)


def with_any_in(persons: Sequence[int]) -> Condition:
    """Who is in it now."""
    joined = select(Participant.case_id).where(Participant.person_id.in_(persons), Participant.removed_at.is_(None))
    return linked(Case.id, joined, Participant.case_id)


def labelled(labels: Sequence[int]) -> Condition:
    """With any of these labels."""
    return linked(Case.id, select(CaseLabel.case_id).where(CaseLabel.label_id.in_(labels)), CaseLabel.case_id)


def standing(statuses: Iterable[Status]) -> Condition:
    """Of one of these statuses, or of one of the operator's own with such a base."""
    return among(Case.status, statuses)


def standing_plainly(statuses: Iterable[Status]) -> Condition:
    """Of one of these statuses, and of none of the operator's own."""
    return and_(among(Case.status, statuses), or_(Case.custom_status_id.is_(None), not_(standing_apart())))


def standing_apart() -> Condition:
    """Of a status of the operator's own; with a deleted one a case has fallen back to the base."""
    return Case.custom_status_id.in_(select(CustomStatus.id).where(CustomStatus.deleted_at.is_(None)))


def numbered(ids: Iterable[int]) -> Condition:
    """With one of these ids."""
    return among(Case.id, ids)


def known_as(external_ids: Iterable[str]) -> Condition:
    """With one of these ids of the system where it comes from."""
    return among(Case.external_id, external_ids)


def confirmed() -> Condition:
    """Whether anybody but its creator may know of it."""
    return Case.confirmed_at.is_not(None)


def pressing(priorities: Iterable[Priority]) -> Condition:
    """Of one of these priorities."""
    return among(Case.priority, priorities)


def through(channels: Iterable[str]) -> Condition:
    """Opened through one of these channels."""
    return among(Case.channel, channels)


def opened_by_team(yes: bool) -> Condition:
    """Whether somebody of the team opened it."""
    team = Case.creator_id.in_(select(Person.id).where(Person.role.in_(TEAM_ROLES)))
    return team if yes else not_(team)


def within(column: Column, first: datetime | None, last: datetime | None) -> Condition:
    """From one moment on, up to another one."""
    return and_(column >= first if first else true(), column <= last if last else true())


def about(*pieces: Fragment) -> Condition:
    """With one of these pieces in the subject. Raises ValueError, with the end of a sentence."""
    matching = SUBJECTS.matching(*pieces)
    some = few(SUBJECTS.ids(*pieces))
    return Case.id.in_(some) if some is not None else matching


def reached_at(kind: IdentityKind, *pieces: Fragment) -> Condition:
    """Of somebody with one of these pieces in an address of this kind.

    Raises ValueError, with the end of a sentence.
    """
    found = [replace(one, text=key_piece(kind, one.text)) for one in pieces]
    persons = select(Identity.person_id).where(Identity.kind == kind, ADDRESSES.matching(*found))
    return linked(Case.requester_id, persons, Identity.person_id)


def known_by(ids: Sequence[str], channels: Sequence[str]) -> Condition:
    """Of somebody with one of these ids of the operator's own, or of one of these channels or, without one, of any.

    Raises ValueError, with the end of a sentence.
    """
    keys = [*ids, *(f"{channel}:{one}" for channel in channels for one in ids)]
    own = Identity.kind == IdentityKind.CUSTOM
    persons = select(Identity.person_id).where(own, Identity.key.in_([one.lower() for one in keys]))
    known = linked(Case.requester_id, persons, Identity.person_id)
    anywhere = [Fragment(f":{one}", last=True) for one in ids]
    return known if channels else or_(known, reached_at(IdentityKind.CUSTOM, *anywhere))


def saying(field: CustomField, values: Sequence[Any], *, owner: Column | None = None) -> Condition:
    """What is said in a field of the case, of whose case it is, or of his company; or of another ``owner``.

    Free texts are found by pieces, which are Fragments; all else by what is said. Raises ValueError, with the end of a
    sentence.
    """
    owner = OWNERS[field.level] if owner is None else owner
    if field.type in FREE_TEXTS:
        said = select(CustomFieldValue.owner_id).where(CustomFieldValue.field_id == field.id, SAID.matching(*values))
        return linked(owner, said, CustomFieldValue.owner_id)
    here = Said(f"field.{field.id}", owner)
    if field.type in FLAGS:
        return or_(*(_flagged(here, one == "true") for one in values))
    return here.saying(reading(field)(values))


def _flagged(here: Said, yes: bool) -> Condition:
    """What was never said is as good as false."""
    return here.saying(texts(["true"])) if yes else not_(here.saying(texts(["true"])))

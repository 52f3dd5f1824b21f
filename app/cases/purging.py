"""Removing a case for good, with all that is of it alone."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import aliased

from app.cases.attachments import Attachment
from app.cases.case_links import CaseLink
from app.cases.custom_fields import CustomField, CustomFieldValue, FieldLevel
from app.cases.ideas import Idea
from app.cases.invitations import Invitation
from app.cases.labels import CaseLabel
from app.cases.link_requests import LinkRequest
from app.cases.links import Link
from app.cases.models import Case, Participant, Post, State
from app.cases.proposals import Proposal
from app.cases.queries import locked
from app.cases.ratings import Rating
from app.cases.read_markers import ReadMarker
from app.cases.unused_files import doubt_files
from app.errors import Conflict
from app.events import Event, record
from app.extensions import db
from app.people.models import Person
from app.timeline import TimelineEntry


def with_merged(*which: ColumnElement[bool]) -> sa.CTE:
    """The ids of these cases, and of all that were merged into them."""
    found, merged = select(Case.id).where(*which).cte("found", recursive=True), aliased(Case)
    return found.union(select(merged.id).join(found, merged.merged_into_id == found.c.id))


def lock_with_merged(case_id: int) -> None:
    """Let nobody else change a case and those that were merged into it, in the order that all keep who lock several."""
    together = select(with_merged(Case.id == case_id).c.id)
    db.session.execute(select(Case.id).where(Case.id.in_(together)).order_by(Case.id).with_for_update())


def locked_with_merged(case: Case) -> Case:
    """The same case as it stands then. Raises NotFound when it was purged since it was found."""
    lock_with_merged(case.id)
    return locked(case)


def purge_case(case: Case, *, by: Person | None) -> None:
    """Remove a case for good, with those that were merged into it. That they were there remains in the log, as events
    of no case.

    They are locked together. What belongs to others goes by what follows from the event. Raises Conflict for a case
    that is not in the trash.
    """
    if case.state is not State.TRASH:
        raise Conflict("Only a case that is in the trash can be purged.")
    _purge(case, by=by)


def purge_closed_case(case: Case) -> None:
    """Remove a case in the same way because it was closed long ago. Raises Conflict for one that is not closed."""
    if not case.closed:
        raise Conflict("Only a case that is closed can be removed by a rule.")
    _purge(case, by=None)


def _purge(case: Case, *, by: Person | None) -> None:
    for merged in _merged_into(case):
        _purge(merged, by=by)
    event = record(case, "case_purged", by=by, old={"uuid": str(case.uuid), "reference": case.reference})
    event.case_id, event.entry = None, None
    db.session.flush()
    doubt_files(case)
    _let_go(case)
    for table, rows in _rows(case):
        db.session.execute(delete(table).where(rows), execution_options={"synchronize_session": False})


def _merged_into(case: Case) -> Sequence[Case]:
    """Whatever was in these is in the case now, so that nothing of them could stand for itself."""
    query = select(Case).where(Case.merged_into_id == case.id).order_by(Case.id)
    return db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def _let_go(case: Case) -> None:
    """Cases that follow it stand for themselves, and so does what other cases have of its posts, or it of theirs."""
    entries = select(TimelineEntry.id).where(TimelineEntry.case_id == case.id)
    where_it_is = select(Post.case_id).where(Post.id == Rating.post_id).scalar_subquery()
    for change in (
        sa.update(Case).where(Case.follows_id == case.id).values(follows_id=None),
        sa.update(Event).where(Event.timeline_id.in_(entries)).values(timeline_id=None),
        sa.update(Rating).where(Rating.case_id == case.id, Rating.post_id.is_not(None)).values(case_id=where_it_is),
    ):
        db.session.execute(change, execution_options={"synchronize_session": "fetch"})


def _rows(case: Case) -> list[tuple[Any, ColumnElement[bool]]]:
    """What is removed, in an order in which nothing is left that speaks of what is gone."""
    posts = select(Post.id).where(Post.case_id == case.id)
    fields = select(CustomField.id).where(CustomField.level == FieldLevel.CASE)
    parts = (
        Event,
        Post,
        TimelineEntry,
        CaseLabel,
        Idea,
        Invitation,
        Link,
        LinkRequest,
        Proposal,
        Participant,
        ReadMarker,
    )
    return [
        (Attachment, Attachment.post_id.in_(posts)),
        (Rating, sa.or_(Rating.case_id == case.id, Rating.post_id.in_(posts))),
        (CustomFieldValue, sa.and_(CustomFieldValue.owner_id == case.id, CustomFieldValue.field_id.in_(fields))),
        (CaseLink, sa.or_(CaseLink.case_id == case.id, CaseLink.other_id == case.id)),
        *((part, part.case_id == case.id) for part in parts),
        (Case, Case.id == case.id),
    ]

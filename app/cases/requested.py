"""Cases as whoever asked for them may see them: those that are his, and of what is written on them the messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.cases.digests import LONGEST_PREVIEW
from app.cases.models import Case, Post, State
from app.cases.queries import case_numbered, open_to_everybody
from app.errors import NotFound
from app.extensions import db
from app.people.models import TEAM_ROLES, Person

HIDDEN = (State.SPAM, State.TRASH)


@dataclass(frozen=True)
class Heard:
    """The last message of a case, and who of the team wrote one last."""

    message: int | None = None
    preview: str | None = None
    last_of_team: int | None = None


def case_asked_for(number: int, *, by: Person) -> Case:
    """The case with this id, which he asked for. Raises NotFound for those of others, for spam and for the trash."""
    case = case_numbered(number)
    if case.requester_id != by.id or case.state in HIDDEN:
        raise NotFound("There is no such case.")
    return case


def heard_of_each(cases: Sequence[Case]) -> dict[int, Heard]:
    """What was said last in each of these cases, by their ids and in one question. Notes are no part of it."""
    last, message, team = _last(cases).subquery(), aliased(Post), aliased(Post)
    query = (
        select(last.c.case_id, message.id, func.substr(message.body, 1, LONGEST_PREVIEW), team.author_id)
        .join(message, message.id == last.c.message)
        .outerjoin(team, team.id == last.c.of_team)
    )
    found = {one.id: Heard() for one in cases}
    for case_id, *facts in db.session.execute(query) if cases else ():
        found[case_id] = Heard(*facts)
    return found


def _last(cases: Sequence[Case]) -> sa.Select[*tuple[Any, ...]]:
    """The last message of each case, and the last one of the team, who is not the requester himself."""
    of_team = sa.and_(Person.role.in_(TEAM_ROLES), Post.author_id != Case.requester_id)
    return (
        select(Post.case_id, func.max(Post.id).label("message"), func.max(sa.case((of_team, Post.id))).label("of_team"))
        .join(Case, Case.id == Post.case_id)
        .join(Person, Person.id == Post.author_id)
        .where(Post.case_id.in_([one.id for one in cases]), *open_to_everybody())
        .group_by(Post.case_id)
    )

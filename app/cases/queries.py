"""Finding cases."""

from collections.abc import Callable, Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.sql.base import ExecutableOption

from app.cases.models import Case, Post, PostKind, State
from app.errors import Conflict, NotFound
from app.extensions import db

BY_UUID = select(Case).where(Case.uuid == bindparam("uuid"))  # put together once, since most calls ask for it

MERGED = "This case has been merged into another one."


def case_by_uuid(uuid: UUID) -> Case:
    """Raises NotFound as ``found`` does."""
    return found(db.session.scalar(BY_UUID, {"uuid": uuid}))


def found(case: Case | None) -> Case:
    """Raises NotFound, in the same words whether there is no such case or the asker may not know of it."""
    if case is None:
        raise NotFound("There is no such case.")
    return case


def case_for_change(uuid: UUID, *, lock: Callable[[Case], Case] | None = None) -> Case:
    """The case, for whoever changes it. Raises NotFound as ``case_by_uuid`` does, Conflict for a merged one."""
    case = (lock or locked)(case_by_uuid(uuid))
    check_not_merged(case)
    return case


def check_not_merged(case: Case) -> None:
    """Raises Conflict, which names the case that has taken this one up."""
    if case.merged_into is not None:
        raise Conflict(MERGED, into=str(case.merged_into.uuid))


def locked(case: Case) -> Case:
    """The same case as it stands now; nobody else changes it before this transaction ends.

    Raises NotFound when it was purged since it was found.
    """
    try:
        db.session.refresh(case, with_for_update=True)
    except InvalidRequestError:
        raise NotFound("There is no such case.") from None
    return case


def locked_together(*cases: Case) -> None:
    """The same for several cases, in the one order in which nobody waits for another who waits for him."""
    for case in sorted(cases, key=lambda one: one.id):
        locked(case)


def case_by_reference(reference: str) -> Case | None:
    """The case with this number for people."""
    return db.session.scalar(select(Case).where(Case.reference == reference))


def case_numbered(number: int) -> Case:
    """The case with this id. Raises NotFound."""
    case = db.session.get(Case, number)
    if case is None:
        raise NotFound("There is no such case.")
    return case


def cases_numbered(ids: Collection[int], loads: Sequence[ExecutableOption] = ()) -> list[Case]:
    """The cases with these ids, as far as they are there, in the order of their ids."""
    query = select(Case).where(Case.id.in_(ids)).order_by(Case.id).options(*loads)
    return list(db.session.scalars(query)) if ids else []


def written_before(external_id: str) -> bool:
    """Whether a post with this id of somebody else's making is there already."""
    return db.session.scalar(select(Post.id).where(Post.external_id == external_id)) is not None


def first_post(case: Case) -> Post:
    """The message that opened the case; of one that was taken over with notes alone, the first of these."""
    first = first_post_id(case) or _first_id([Post.case_id == case.id])
    if first is None:
        raise NotFound("Nothing has been written on this case.")
    return db.session.get_one(Post, first)  # mostly it is at hand


def first_post_id(case: Case) -> int | None:
    """The id of the message that opened the case, if it has any message."""
    return _first_id(public(case))


def _first_id(which: Sequence[ColumnElement[bool]]) -> int | None:
    return db.session.scalar(select(Post.id).where(*which).order_by(Post.id).limit(1))


def message_count(case: Case) -> int:
    """How many public messages a case has."""
    return _count(public(case))


def note_count(case: Case) -> int:
    """How many notes a case has."""
    return _count([*written(case), Post.kind == PostKind.NOTE])


def _count(which: Sequence[ColumnElement[bool]]) -> int:
    return db.session.scalar(select(func.count()).select_from(Post).where(*which)) or 0


def public(case: Case) -> Sequence[ColumnElement[bool]]:
    """Which posts everybody in a case may see: never a note, nothing deleted, nothing that waits."""
    return [Post.case_id == case.id, *open_to_everybody()]


def open_to_everybody() -> Sequence[ColumnElement[bool]]:
    """The same, in whatever case."""
    return [*shown(), Post.kind == PostKind.MESSAGE]


def written(case: Case) -> Sequence[ColumnElement[bool]]:
    """Which posts there are in a case: nothing deleted, nothing that waits to be sent."""
    return [Post.case_id == case.id, *shown()]


def in_any(cases: Sequence[Case]) -> Sequence[ColumnElement[bool]]:
    """The same, in any of these cases."""
    return [Post.case_id.in_([one.id for one in cases]), *shown()]


def shown() -> Sequence[ColumnElement[bool]]:
    """The same, in whatever case."""
    return [Post.deleted_at.is_(None), Post.send_at.is_(None)]


def in_state(state: State) -> ColumnElement[bool]:
    """Which cases are in this state."""
    trashed, spam, confirmed = Case.trashed_at.is_not(None), Case.spam_at.is_not(None), Case.confirmed_at.is_not(None)
    conditions: Mapping[State, Sequence[ColumnElement[bool]]] = {
        State.TRASH: [trashed],
        State.SPAM: [~trashed, spam],
        State.PENDING: [~trashed, ~spam, ~confirmed],
        State.ACTIVE: [~trashed, ~spam, confirmed],
    }
    return and_(*conditions[state])

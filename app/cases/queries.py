"""Finding cases."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import selectinload

from app.cases.models import Case, Post, PostKind, State
from app.errors import Conflict, NotFound
from app.extensions import db
from app.people.models import Person

MERGED = "This case has been merged into another one."

FEW = 10


def case_by_uuid(uuid: UUID) -> Case:
    """Raises NotFound, in the same words whether there is no such case or the asker may not know of it."""
    case = db.session.scalar(select(Case).where(Case.uuid == uuid))
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


def written_before(external_id: str) -> bool:
    """Whether a post with this id of somebody else's making is there already."""
    return db.session.scalar(select(Post.id).where(Post.external_id == external_id)) is not None


def first_post(case: Case) -> Post:
    """The message that opened the case; of one that was taken over with notes alone, the first of these."""
    for which in public(case), [Post.case_id == case.id]:
        found = db.session.scalar(select(Post).where(*which).order_by(Post.id).limit(1))
        if found is not None:
            return found
    raise NotFound("Nothing has been written on this case.")


def first_post_id(case: Case) -> int | None:
    """The id of the message that opened the case, if it has any message."""
    return db.session.scalar(select(func.min(Post.id)).where(*public(case)))


def messages_of(case: Case, *, latest: int) -> list[Post]:
    """The latest public messages of a case, oldest first."""
    return _latest(public(case), latest)


def notes_of(case: Case, *, latest: int) -> list[Post]:
    """The latest notes of a case, oldest first. They are for the team alone."""
    return _latest(_notes(case), latest)


def posts_for(reader: Person, case: Case, *, latest: int) -> list[Post]:
    """The latest posts of a case that this reader may see, oldest first: notes only if he is of the team."""
    return _latest(written(case) if reader.team else public(case), latest)


def _latest(which: Sequence[ColumnElement[bool]], most: int) -> list[Post]:
    query = select(Post).where(*which).order_by(Post.id.desc()).limit(most)
    return list(db.session.scalars(query))[::-1]


def message_count(case: Case) -> int:
    """How many public messages a case has."""
    return _count(public(case))


def note_count(case: Case) -> int:
    """How many notes a case has."""
    return _count(_notes(case))


def _count(which: Sequence[ColumnElement[bool]]) -> int:
    return db.session.scalar(select(func.count()).select_from(Post).where(*which)) or 0


def public(case: Case) -> Sequence[ColumnElement[bool]]:
    """Which posts everybody in a case may see: never a note, nothing deleted, nothing that waits."""
    return [Post.case_id == case.id, *open_to_everybody()]


def open_to_everybody() -> Sequence[ColumnElement[bool]]:
    """The same, in whatever case."""
    return [*_shown(), Post.kind == PostKind.MESSAGE]


def _notes(case: Case) -> Sequence[ColumnElement[bool]]:
    return [*written(case), Post.kind == PostKind.NOTE]


def written(case: Case) -> Sequence[ColumnElement[bool]]:
    """Which posts there are in a case: nothing deleted, nothing that waits to be sent."""
    return [Post.case_id == case.id, *_shown()]


def in_any(cases: Sequence[Case]) -> Sequence[ColumnElement[bool]]:
    """The same, in any of these cases."""
    return [Post.case_id.in_([one.id for one in cases]), *_shown()]


def _shown() -> Sequence[ColumnElement[bool]]:
    return [Post.deleted_at.is_(None), Post.send_at.is_(None)]


def with_participants(cases: Sequence[Case]) -> list[Case]:
    """The same cases, with whoever is in them, for all of them in one query."""
    query = select(Case).where(Case.id.in_([one.id for one in cases])).options(selectinload(Case.participants))
    found = {case.id: case for case in db.session.scalars(query)}
    return [found[one.id] for one in cases]


def latest_posts(cases: Sequence[Case], kind: PostKind) -> dict[int, list[Post]]:
    """The latest few posts of this kind of each case, oldest first, by the id of the case."""
    number = func.row_number().over(partition_by=Post.case_id, order_by=Post.id.desc()).label("number")
    which = Post.case_id.in_([one.id for one in cases]), Post.kind == kind, *_shown()
    numbered = select(Post.id, number).where(*which).subquery()
    latest = select(numbered.c.id).where(numbered.c.number <= FEW)
    found: dict[int, list[Post]] = {one.id: [] for one in cases}
    for post in db.session.scalars(select(Post).where(Post.id.in_(latest)).order_by(Post.id)):
        found[post.case_id].append(post)
    return found


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

"""Reading cases: with whoever is in them, and with the latest that was written on them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import joinedload, lazyload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.cases.models import Case, Participant, Post, PostKind
from app.cases.queries import BY_UUID, found, shown
from app.extensions import db
from app.people.models import Person
from app.people.persons import persons_by_id

FEW = 10
LATER_THAN_ALL = 2**31 - 1  # the largest id there can be

# Both are put together once, since most calls answer with a case.
WITH_PEOPLE = BY_UUID.options(
    joinedload(Case.participants).joinedload(Participant.person).joinedload(Person.identities)
)
LATEST = (
    select(Post)
    .where(Post.case_id == bindparam("case_id"), Post.kind.in_(bindparam("kinds", expanding=True)), *shown())
    .where(Post.id < bindparam("before"))
    .order_by(Post.id.desc())
    .limit(bindparam("most", type_=Integer))
    .options(lazyload(Post.author))
)
LATEST_WITHOUT_FILES = LATEST.options(lazyload(Post.attachments))


def case_with_people(uuid: UUID) -> Case:
    """The case with everybody in it and his addresses, in one question. Raises NotFound as ``case_by_uuid`` does."""
    return found(db.session.scalars(WITH_PEOPLE, {"uuid": uuid}).unique().one_or_none())


def messages_of(case: Case, *, latest: int, files: bool = True) -> list[Post]:
    """The latest public messages of a case, oldest first; ``files`` says whether there may be files on it."""
    return _latest(case, [PostKind.MESSAGE], latest, files=files)


def notes_of(case: Case, *, latest: int, files: bool = True) -> list[Post]:
    """The latest notes of a case, likewise. They are for the team alone."""
    return _latest(case, [PostKind.NOTE], latest, files=files)


def posts_for(reader: Person, case: Case, *, latest: int, before: int = LATER_THAN_ALL) -> list[Post]:
    """The latest posts of a case that this reader may see, oldest first: notes only if he is of the team.

    With the id of a post, the latest of those ``before`` it.
    """
    return _latest(case, list(PostKind) if reader.team else [PostKind.MESSAGE], latest, before=before)


def _latest(
    case: Case, kinds: Sequence[PostKind], most: int, *, files: bool = True, before: int = LATER_THAN_ALL
) -> list[Post]:
    """The posts with their authors, most of whom are known already: they are in the case."""
    asked = {"case_id": case.id, "kinds": kinds, "most": most, "before": before}
    posts = db.session.scalars(LATEST if files else LATEST_WITHOUT_FILES, asked).all()[::-1]
    authors = {one.person_id: one.person for one in case.participants}
    authors |= persons_by_id({post.author_id for post in posts} - authors.keys())
    for post in posts:
        set_committed_value(post, "author", authors[post.author_id])
        if not files:
            set_committed_value(post, "attachments", [])
    return list(posts)


def with_participants(cases: Sequence[Case]) -> list[Case]:
    """The same cases, with whoever is in them, for all of them in one query."""
    query = select(Case).where(Case.id.in_([one.id for one in cases])).options(selectinload(Case.participants))
    found = {case.id: case for case in db.session.scalars(query)}
    return [found[one.id] for one in cases]


def latest_posts(cases: Sequence[Case], kind: PostKind) -> dict[int, list[Post]]:
    """The latest few posts of this kind of each case, oldest first, by the id of the case."""
    number = func.row_number().over(partition_by=Post.case_id, order_by=Post.id.desc()).label("number")
    which = Post.case_id.in_([one.id for one in cases]), Post.kind == kind, *shown()
    numbered = select(Post.id, number).where(*which).subquery()
    latest = select(numbered.c.id).where(numbered.c.number <= FEW)
    found: dict[int, list[Post]] = {one.id: [] for one in cases}
    for post in db.session.scalars(select(Post).where(Post.id.in_(latest)).order_by(Post.id)):
        found[post.case_id].append(post)
    return found

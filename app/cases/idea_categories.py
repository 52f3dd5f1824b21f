"""What ideas are sorted into."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.errors import Conflict, NotFound
from app.events import record
from app.extensions import Base, db
from app.listing.numbered import Counted, Numbered, counted
from app.people.models import Person, Team
from app.people.wording import one_line

LONGEST_TITLE = 200
MOST = 500


class IdeaCategory(Base):
    """A category; its team answers for what is put into it."""

    __tablename__ = "idea_categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(LONGEST_TITLE), unique=True)
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("teams.id"), index=True)
    disabled_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    team: Mapped[Team | None] = relationship(lazy="joined")


def category_numbered(number: int) -> IdeaCategory:
    """The category with this id. Raises NotFound."""
    found = db.session.get(IdeaCategory, number)
    if found is None or found.deleted_at:
        raise NotFound("There is no such category.")
    return found


def categories_page(page: Numbered) -> Counted[IdeaCategory]:
    """Categories in the order of their ids, those that are no longer in use too."""
    query = sa.select(IdeaCategory).where(IdeaCategory.deleted_at.is_(None)).order_by(IdeaCategory.id)
    return counted(query, page)


def _count() -> int:
    query = sa.select(sa.func.count()).select_from(IdeaCategory).where(IdeaCategory.deleted_at.is_(None))
    return db.session.scalar(query) or 0


def create_category(title: str, team: Team | None, *, by: Person | None) -> IdeaCategory:
    """Make a category. One that was deleted comes back. Raises Conflict for a title that is taken."""
    if _count() >= MOST:
        raise Conflict(f"There can be {MOST} categories.")
    title = one_line(title, field="category_title")
    found = db.session.scalar(sa.select(IdeaCategory).where(IdeaCategory.title == title))
    if found is not None and found.deleted_at is None:
        raise Conflict("Another category has this title.", field="category_title")
    category = found or IdeaCategory(title=title)
    category.team, category.deleted_at, category.disabled_at = team, None, None
    db.session.add(category)
    record(category, "idea_category_created", by=by, new=title)
    return category


def rename_category(category: IdeaCategory, title: str, *, by: Person | None) -> None:
    """Give a category another title. Raises Conflict for one that is taken, also by a deleted one."""
    title = one_line(title, field="category_title")
    if category.title == title:
        return
    if db.session.scalar(sa.select(IdeaCategory.id).where(IdeaCategory.title == title)) is not None:
        raise Conflict("Another category, perhaps a deleted one, has this title.", field="category_title")
    was, category.title = category.title, title
    record(category, "idea_category_renamed", by=by, old=was, new=title)


def give_category(category: IdeaCategory, team: Team | None, *, by: Person | None) -> None:
    """Let another team, or none, answer for what is put into a category from now on."""
    if category.team is not team:
        was, category.team = category.team, team
        old, new = (one.name if one else None for one in (was, team))
        record(category, "idea_category_given", by=by, old=old, new=new)


def disable_category(category: IdeaCategory, *, by: Person | None) -> None:
    """Put nothing more into a category."""
    if category.disabled_at is None:
        category.disabled_at = now()
        record(category, "idea_category_disabled", by=by)


def enable_category(category: IdeaCategory, *, by: Person | None) -> None:
    """Use a category again."""
    if category.disabled_at is not None:
        category.disabled_at = None
        record(category, "idea_category_enabled", by=by)


def delete_category(category: IdeaCategory, *, by: Person | None) -> None:
    """Delete a category. Ideas that are in it say so still."""
    category.deleted_at = category.disabled_at = now()
    record(category, "idea_category_deleted", by=by, old=category.title)

"""What ideas are sorted into."""

from app.api.auth import caller
from app.api.deskie.ids import id_in
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.ideas import CategoryChange, NewCategory
from app.api.deskie.schemas.pages import Paged, page_asked
from app.api.deskie.views.ideas import Categories, OneCategory, category_row, one_category
from app.api.deskie.views.shapes import numbered
from app.cases.idea_categories import (
    IdeaCategory,
    categories_page,
    category_numbered,
    create_category,
    delete_category,
    disable_category,
    enable_category,
    give_category,
    rename_category,
)
from app.people.access import Act
from app.people.models import Team
from app.people.teams import team_numbered

ALL, ONE = "/ideas_category.json", "/ideas_category/<category>.json"
INSIDE = ("ideas_category",)


@route(ALL, "GET", Act.READ_CASES, asks=Paged, answers=Categories)
def index(asked: Json) -> Answer:
    """The categories of ideas."""
    found = categories_page(page_asked(asked))
    return numbered("ideas_category", map(category_row, found.rows), found.total)


@route(ALL, "POST", Act.CHANGE_CATEGORIES, takes=NewCategory, inside=INSIDE, answers=OneCategory, status=201)
def create(new: Json) -> Answer:
    """Make a category."""
    return one_category(create_category(new["category_title"], _team(new), by=caller().person))


@route(ONE, "GET", Act.READ_CASES, answers=OneCategory)
def show(category: str) -> Answer:
    """One category."""
    return one_category(_named(category))


@route(ONE, "PUT", Act.CHANGE_CATEGORIES, takes=CategoryChange, inside=INSIDE, answers=OneCategory)
def change(category: str, new: Json) -> Answer:
    """Give a category another title or another group."""
    found, by = _named(category), caller().person
    if "category_title" in new:
        rename_category(found, new["category_title"], by=by)
    if "category_default_group" in new:
        give_category(found, _team(new), by=by)
    return one_category(found)


@route(ONE, "DELETE", Act.CHANGE_CATEGORIES, answers=OneCategory)
def delete(category: str) -> Answer:
    """Delete a category. Ideas that are in it say so still."""
    found = _named(category)
    delete_category(found, by=caller().person)
    return one_category(found)


@route("/ideas_category/<category>/enable.json", "PUT", Act.CHANGE_CATEGORIES, answers=OneCategory)
def enable(category: str) -> Answer:
    """Use a category again."""
    found = _named(category)
    enable_category(found, by=caller().person)
    return one_category(found)


@route("/ideas_category/<category>/disable.json", "PUT", Act.CHANGE_CATEGORIES, answers=OneCategory)
def disable(category: str) -> Answer:
    """Put nothing more into a category."""
    found = _named(category)
    disable_category(found, by=caller().person)
    return one_category(found)


def _named(category: str) -> IdeaCategory:
    return category_numbered(id_in(category))


def _team(new: Json) -> Team | None:
    number = new.get("category_default_group")
    return team_numbered(number, field="category_default_group") if number else None

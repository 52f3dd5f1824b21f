"""Ideas and their categories on Deskie's wire."""

from marshmallow import fields

from app.api.deskie.views.shapes import Json, Shape, a_flag, a_number, a_text, list_of
from app.cases.idea_categories import IdeaCategory
from app.cases.ideas import CHANNEL, idea_of
from app.cases.models import Case
from app.cases.queries import first_post


class IdeaShape(Shape):
    """An idea; without an official response the last two members are missing."""

    content = a_text()
    stage = a_text()
    category = a_number("0: none.")
    official_response = a_text(needed=False)
    official_response_tstamp = fields.Integer()


def idea_in(case: Case) -> Json:
    """What a case says of an idea; nothing where it is none."""
    if case.channel != CHANNEL:
        return {}
    idea = idea_of(case)
    found = {"content": first_post(case).body, "stage": idea.stage, "category": idea.category_id or 0}
    if idea.response is None or idea.responded_at is None:
        return {"idea": found}
    at = int(idea.responded_at.timestamp())
    return {"idea": {**found, "official_response": idea.response, "official_response_tstamp": at}}


class CategoryShape(Shape):
    """A category of ideas."""

    category_id = a_number()
    category_title = a_text()
    active = a_flag()
    category_default_group = a_number("The group that answers for what is put into it; 0: none.")


class OneCategory(Shape):
    """A category in its envelope."""

    ideas_category = fields.Nested(CategoryShape, required=True)


Categories = list_of("ideas_category", CategoryShape)


def category_row(category: IdeaCategory) -> Json:
    """A category of ideas."""
    return {
        "category_id": category.id,
        "category_title": category.title,
        "active": category.disabled_at is None,
        "category_default_group": category.team_id or 0,
    }


def one_category(category: IdeaCategory) -> Json:
    """A category in its envelope."""
    return {"ideas_category": category_row(category)}

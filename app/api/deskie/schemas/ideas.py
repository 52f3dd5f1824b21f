"""What is said about ideas and their categories."""

from app.api.deskie.schemas.fields import Lenient, number, one_of, text
from app.cases.idea_categories import LONGEST_TITLE
from app.cases.ideas import LONGEST_RESPONSE, Stage
from app.cases.posting import LONGEST_BODY


class IdeaChange(Lenient):
    """Body of PUT /cases/{case}/idea.json, inside of ``message``."""

    content = text(LONGEST_BODY, least=1)
    stage = one_of([*Stage])
    category_id = number()


class OfficialResponse(Lenient):
    """Body of PUT /cases/{case}/idea_official_response.json, inside of ``message``."""

    content = text(LONGEST_RESPONSE, least=1, required=True)


class CategoryChange(Lenient):
    """Body of PUT /ideas_category/{category}.json, inside of ``ideas_category``."""

    category_title = text(LONGEST_TITLE, least=1)
    category_default_group = number()


class NewCategory(CategoryChange):
    """Body of POST /ideas_category.json, likewise."""

    category_title = text(LONGEST_TITLE, least=1, required=True)

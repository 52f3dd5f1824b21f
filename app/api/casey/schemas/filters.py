"""What is said about saved filters."""

from typing import Any

from marshmallow import fields

from app.api.casey.lists import LONGEST_FILTER
from app.api.casey.schemas.fields import TEXTS, Strict, flag, text

LONGEST_NAME = 120


def list_query(**options: Any) -> fields.Dict:
    """Parameters of the list of cases."""
    sentence = 'This must be a JSON object of texts, such as {{"status": "new,open"}}.'
    return fields.Dict(
        keys=text(LONGEST_NAME), values=text(LONGEST_FILTER), error_messages={**TEXTS, "invalid": sentence}, **options
    )


class NewFilter(Strict):
    """Body of POST /filters."""

    name = text(100, required=True, like="Bugs")
    query = list_query(required=True, metadata={"examples": [{"status": "new,open", "tag": "bug"}]})
    shared = flag(load_default=False)


class FilterChange(Strict):
    """Body of PATCH /filters/{key}."""

    name = text(100, like="Bugs")
    query = list_query()
    shared = flag()

"""What is said about labels, which are called tags on a case."""

from typing import Any

from marshmallow import fields, validate

from app.api.casey.schemas.fields import TEXTS, Strict, line
from app.cases.labels import LONGEST_LABEL, MOST_LABELS


def tag_names(**options: Any) -> fields.List[Any]:
    """The names of tags."""
    return fields.List(
        line(LONGEST_LABEL, like="urgent"),
        validate=validate.Length(max=MOST_LABELS, error=f"There must be at most {MOST_LABELS} tags."),
        error_messages={**TEXTS, "invalid": "This must be an array of strings."},
        **options,
    )


class Tags(Strict):
    """Body of PUT and POST /cases/{uuid}/tags."""

    tags = tag_names(required=True)


class NamedLabel(Strict):
    """Body of POST /labels and PATCH /labels/{name}."""

    name = line(LONGEST_LABEL, required=True, like="urgent")

"""What a search found, on Kayako's wire."""

from collections.abc import Collection, Mapping, Sequence

from marshmallow import fields

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_number, a_text, a_thing
from app.api.kayako.routing import base
from app.cases.findings import Finding, Kind
from app.cases.models import Case

# The kind of thing, and below which address they are.
KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.CASES: ("case", "cases"),
    Kind.PERSONS: ("user", "users"),
    Kind.ORGANIZATIONS: ("organization", "organizations"),
}
OF_NAMES, OF_TEXTS = 1.0, 0.5


class ResultShape(Shape):
    """A thing that was found."""

    id = a_number()
    title = a_text()
    snippet = a_text("A line around what was found, which stands between two pairs of asterisks.")
    relevance = fields.Float(
        metadata={"description": "1 where the subject or the name has the words, 0.5 where a text in it has."}
    )
    data = a_thing()
    resource = a_text("case, user or organization.")


def _results(rows: Sequence[Finding], _optional: Collection[str]) -> list[Json]:
    return [_result(one) for one in rows]


def _result(found: Finding) -> Json:
    kind, path = KINDS[found.kind]
    return {
        "id": found.thing.id,
        "title": found.thing.subject if isinstance(found.thing, Case) else found.thing.name,
        "snippet": found.snippet,
        "relevance": OF_NAMES if found.named else OF_TEXTS,
        "data": Ref(kind, found.thing.id),
        "resource": kind,
        "resource_url": f"{base()}/{path}/{found.thing.id}",
    }


RESULT = Resource("result", ResultShape, _results)

"""Endpoints on Kayako's wire: addresses that are told of what happens."""

from collections.abc import Collection, Mapping, Sequence

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_flag, a_moment, a_number, a_text, things
from app.webhooks.endpoints import webhooks_numbered
from app.webhooks.models import Webhook


class EndpointShape(Shape):
    """An endpoint."""

    id = a_number()
    title = a_text()
    type = a_text("HTTP: Casey tells nobody otherwise.")
    attributes = things()
    is_enabled = a_flag()
    last_attempt_result = a_text("SUCCESS or FAILURE; null before the first.", none=True)
    last_attempt_message = a_text(none=True)
    last_attempt_at = a_moment()
    created_at = a_moment()
    updated_at = a_moment()


class AttributeShape(Shape):
    """What is said of an endpoint."""

    id = a_number()
    name = a_text()
    value = a_text()


def _endpoints(rows: Sequence[Webhook], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "title": one.description or one.url,
            "type": "HTTP",
            "attributes": [Ref("endpoint_attribute", one.id, row=one)],
            "is_enabled": one.disabled_at is None,
            "last_attempt_result": "FAILURE" if one.failing_since else None,
            "last_attempt_message": one.disabled_reason,
            "last_attempt_at": one.failing_since,
            "created_at": one.created_at,
            "updated_at": one.created_at,
        }
        for one in rows
    ]


def _attributes(rows: Sequence[Webhook], _optional: Collection[str]) -> list[Json]:
    return [{"id": one.id, "name": "url", "value": one.url} for one in rows]


def _loaded(ids: Collection[int]) -> Mapping[int, Webhook]:
    return {one.id: one for one in webhooks_numbered(ids)}


ENDPOINT = Resource("endpoint", EndpointShape, _endpoints, _loaded, path="endpoints/{}")
ATTRIBUTE = Resource("endpoint_attribute", AttributeShape, _attributes)

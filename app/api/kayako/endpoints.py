"""Endpoints: addresses that are told of what happens, which the native API calls webhooks."""

from typing import Any

from marshmallow import fields

from app.api.auth import caller
from app.api.kayako.envelope import Done, One
from app.api.kayako.errors import AnyRequired
from app.api.kayako.finding import found_at, one_at
from app.api.kayako.listing import few
from app.api.kayako.paging import Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.fields import word
from app.api.kayako.views.endpoints import ENDPOINT
from app.api.lenient import TEXTS, Lenient, flag, text
from app.people.access import Act
from app.webhooks.endpoints import (
    MOST,
    change_webhook,
    create_webhook,
    delete_webhook,
    disable_webhook,
    enable_webhook,
    webhooks_page,
)
from app.webhooks.models import Webhook

EVERYTHING = ("*",)
MANAGE = Act.MANAGE_WEBHOOKS


class Attribute(Lenient):
    """What is said of an endpoint."""

    name = text(100, required=True)
    value = text(2000, required=True)


class EndpointChange(Lenient):
    """Body of PUT /endpoints/{endpoint}."""

    title = text(500)
    type = word(["HTTP"])
    url = text(2000)
    attributes = fields.List(fields.Nested(Attribute), error_messages={**TEXTS, "invalid": "This must be an array."})
    is_enabled = flag()


@route("/endpoints", "GET", MANAGE, asks=Paged, shows=ENDPOINT, many=True, scope="configuration")
def index(asked: Json) -> Answer:
    """Every endpoint."""
    return few(ENDPOINT, webhooks_page(after=0, limit=MOST), asked)


@route("/endpoints/<endpoint>", "GET", MANAGE, shows=ENDPOINT, scope="configuration")
def show(endpoint: str) -> Answer:
    """One endpoint."""
    return one_at(ENDPOINT, endpoint)


@route("/endpoints", "POST", MANAGE, takes=EndpointChange, shows=ENDPOINT, status=201, scope="configuration")
def create(new: Json) -> Answer:
    """Have an address told of everything that happens, in the native API's words."""
    url = _url(new)
    if url is None:
        raise AnyRequired("url", "attributes")
    return One(ENDPOINT, create_webhook(url, EVERYTHING, new.get("title", ""), by=caller().person))


@route("/endpoints/<endpoint>", "PUT", MANAGE, takes=EndpointChange, shows=ENDPOINT, scope="configuration")
def change(endpoint: str, new: Json) -> Answer:
    """Change an endpoint, disable it, or have it go on where it stopped."""
    found: Webhook = found_at(ENDPOINT, endpoint)
    by = caller().person
    change_webhook(found, url=_url(new), description=new.get("title"), by=by)
    if "is_enabled" in new:
        (enable_webhook if new["is_enabled"] else disable_webhook)(found, by=by)
    return One(ENDPOINT, found)


@route("/endpoints/<endpoint>", "DELETE", MANAGE, scope="configuration")
def delete(endpoint: str) -> Answer:
    """Tell it nothing more."""
    delete_webhook(found_at(ENDPOINT, endpoint), by=caller().person)
    return Done()


def _url(new: Json) -> str | None:
    """The address, wherever it is said."""
    told: list[Any] = [one["value"] for one in new.get("attributes", ()) if one["name"].lower() == "url"]
    return new.get("url") or (told[0] if told else None)

"""Whatever needs an admin and changes something stands in the audit log, route by route."""

from flask import Flask

from app.people.models import Role
from tests.api.routes import API, GUARDED, Guarded
from tests.api.test_access_table import Fill, call, cast, database, fill, furnished, keys
from tests.api_client import Api
from tests.cast import Cast

__all__ = ["cast", "database", "fill", "furnished", "keys"]

UNAUDITED = {
    "POST /persons": "somebody to write to is no change of the house; whoever gets a role is in it",
    "POST /persons/<uuid:uuid>/identities/<uuid:identity>/restore": "here nothing is restored: mail to it arrives",
    "POST /inbound": "the mail itself is kept, and what became of it",
}


def changes_the_house(route: Guarded) -> bool:
    """Whether a route writes and needs the role admin; of what is there twice, below /case and /cases, the one."""
    return route.method != "GET" and route.role.rank >= Role.ADMIN.rank and "/case/" not in route.rule


def test_whatever_needs_an_admin_and_writes_is_in_it(app: Flask, api: Api, cast: Cast, fill: Fill) -> None:
    routes = [one for one in GUARDED if changes_the_house(one)]
    silent = []
    for route in sorted(routes, key=lambda one: one.method == "DELETE"):
        before = api.get("/audit?limit=200").json["items"]
        answer = call(app, route, cast.keys["olga"], fill)
        assert answer.status_code in {200, 201, 202}, (route.name, answer.text)
        if api.get("/audit?limit=200").json["items"][:1] == before[:1]:
            silent.append(f"{route.method} {route.rule.removeprefix(API)}")
    assert silent == list(UNAUDITED)

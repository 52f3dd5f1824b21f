"""Who may do what in Deskie's dialect: every route, tried by everybody. A route that is not in the table fails here."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.people.credentials import create_key, revoke_key
from app.people.models import Role
from app.people.persons import create_person
from app.transaction import transaction
from tests.api.deskie.access import GUARDED, SIGNED
from tests.api.deskie.access.table import Guarded
from tests.cast import BEN
from tests.storage import contents

ROLES = (Role.COLLABORATOR, Role.AGENT, Role.ADMIN, Role.OWNER)

Keys = dict[str, tuple[str, str]]


@pytest.fixture
def keys(app: Flask) -> Keys:
    """Somebody of each kind, with an address and the key he comes with."""
    with app.app_context(), transaction():
        found: Keys = {"whoever guesses": (BEN, "ck_1_" + "x" * 43)}
        for role in ROLES:
            person = create_person(role, f"{role}@roles.test", role=role, by=None)
            found[role] = f"{role}@roles.test", create_key(role, role, person=person, by=None)[1]
        revoked, secret = create_key("revoked", Role.OWNER, person=person, by=None)
        revoke_key(revoked, by=None)
        found["a revoked key"] = f"{role}@roles.test", secret
        return found


def call(app: Flask, route: Guarded, key: tuple[str, str] | None, words: dict[str, str]) -> TestResponse:
    path, body = route.filled(words)
    said = {} if body is None else {"json": body}
    return app.test_client().open(f"/api{path}", method=route.method, auth=key, buffered=True, **said)


def test_every_route_of_deskies_is_in_the_table(app: Flask) -> None:
    found = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("deskie.")
    }
    assert {one.name for one in GUARDED} | SIGNED == found


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_who_may_use_a_route_of_deskies(app: Flask, words: dict[str, str], keys: Keys, route: Guarded) -> None:
    before = contents(app)
    refused = [(None, 401), (keys["whoever guesses"], 401), (keys["a revoked key"], 401)]
    refused += [((BEN, keys[Role.OWNER][1]), 403)]
    refused += [(keys[role], 403) for role in ROLES if role.rank < route.role.rank]
    for key, status in refused:
        answer = call(app, route, key, words)
        assert answer.status_code == status, (key, answer.text)
        assert contents(app) == before, key
    answer = call(app, route, keys[route.role], words)
    assert answer.status_code in ({422} if route.refused else {200, 201}), (route.role, answer.text)
    for role in ROLES[ROLES.index(route.role) :]:
        assert call(app, route, keys[role], words).status_code not in {401, 403}, role


def test_looking_changes_nothing(app: Flask, words: dict[str, str], keys: Keys) -> None:
    before = contents(app)
    for route in GUARDED:
        if route.method == "GET":
            assert call(app, route, keys[Role.OWNER], words).status_code == 200, route.name
    assert contents(app) == before

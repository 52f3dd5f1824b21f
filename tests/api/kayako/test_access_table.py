"""Who may do what in Kayako's dialect: every route, tried by everybody. A route that is not in the table fails here."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from app.extensions import db
from app.people.credentials import create_key, revoke_key
from app.people.models import Role
from app.people.persons import create_person
from app.transaction import transaction
from tests.api.kayako.access import ALL, GUARDED, PUBLIC
from tests.api.kayako.access.table import Guarded
from tests.api.kayako.client import Kayako
from tests.api.kayako.furnishing import furnish
from tests.cast import BEN, Cast, assemble
from tests.conftest import environment
from tests.storage import contents

ROLES = (Role.COLLABORATOR, Role.AGENT, Role.ADMIN, Role.OWNER)

Keys = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Furnished:
    """A house with a row of each kind in it: where it lies, who is there, and what stands for ``{...}`` in a call."""

    directory: Path
    cast: Cast
    keys: Keys
    words: dict[str, str]


@pytest.fixture(scope="module")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """Furnished once, and copied for each test."""
    directory = tmp_path_factory.mktemp("furnished")
    path = shutil.copy(sqlite_template, directory / "casey.db")
    app = create_app(environment(directory, f"sqlite:///{path}"))
    cast = assemble(app)
    olga = Kayako(app.test_client(), cast.olga.email, cast.keys["olga"])
    made = Furnished(directory, cast, make_keys(app), furnish(app, olga, cast))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return made


@pytest.fixture
def database(furnished: Furnished, tmp_path: Path) -> str:
    shutil.copytree(furnished.directory, tmp_path, dirs_exist_ok=True)
    return f"sqlite:///{tmp_path / 'casey.db'}"


@pytest.fixture
def cast(furnished: Furnished) -> Cast:
    return furnished.cast


def make_keys(app: Flask) -> Keys:
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
    path, body = route.path, json.dumps(route.body)
    for word, value in words.items():
        path, body = path.replace(f"{{{word}}}", value), body.replace(f"{{{word}}}", value)
    return app.test_client().open(
        f"/api/v1{path}", method=route.method, auth=key, data=body if route.body is not None else None, buffered=True
    )


def test_every_route_of_kayakos_is_in_the_table(app: Flask) -> None:
    found = {
        f"{method} {rule.rule.removesuffix('.json')}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("kayako.")
    }
    assert {one.name for one in ALL} == found


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_who_may_use_a_route_of_kayakos(app: Flask, furnished: Furnished, route: Guarded) -> None:
    keys, words = furnished.keys, furnished.words
    before = contents(app)
    refused = [(None, 401), (keys["whoever guesses"], 401), (keys["a revoked key"], 401)]
    refused += [((BEN, keys[Role.OWNER][1]), 401)]
    assert route.role
    refused += [(keys[role], 403) for role in ROLES if role.rank < route.role.rank]
    for key, status in refused:
        answer = call(app, route, key, words)
        assert answer.status_code == status, (key, answer.text)
        assert contents(app) == before, key
    answer = call(app, route, keys[route.role], words)
    assert answer.status_code in {200, 201, 202}, (route.role, answer.text)
    for role in ROLES[ROLES.index(route.role) :]:
        assert call(app, route, keys[role], words).status_code not in {401, 403}, role


@pytest.mark.parametrize("route", PUBLIC, ids=lambda route: route.name)
def test_what_anybody_may_ask(app: Flask, furnished: Furnished, route: Guarded) -> None:
    assert call(app, route, None, furnished.words).status_code == 200


def test_looking_changes_nothing(app: Flask, furnished: Furnished) -> None:
    before = contents(app)
    for route in GUARDED:
        if route.method == "GET":
            assert call(app, route, furnished.keys[Role.OWNER], furnished.words).status_code == 200, route.name
    assert contents(app) == before

"""Every call of the vendor's document, made to Casey: the documented keys of the documented kinds come back, every
parameter is taken, and whoever is named there may make it.

``examples.json`` is written by ``document.py`` out of the document itself, never out of our answers.
"""

import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.api.kayako.routing import OPERATIONS
from app.extensions import db
from app.people.access import NEEDED
from tests.api.kayako.client import Kayako
from tests.api.kayako.contract.document import EXAMPLES
from tests.api.kayako.contract.house import House, arrange
from tests.api.kayako.contract.shapes import lacking
from tests.cast import Cast, assemble
from tests.conftest import environment

Json = dict[str, Any]

DOCUMENT = json.loads(EXAMPLES.read_text("utf-8"))
CALLS: list[Json] = DOCUMENT["calls"]
# What the document says of no call: which of these goes with which resource of ours.
RESOURCES = {
    "Cases": ("/cases/{id}?fields=%2Btags,%2Breply_channels", "data"),
    "SLA Version": ("/cases/{id}?include=sla_version", "data.sla_version"),
    "SLA Metric": ("/cases/{id}?include=sla_metric", "data.sla_metrics.0"),
    "Read marker": ("/cases/{id}?include=read_marker", "data.read_marker"),
    "Channels": ("/cases/channels", "data.0"),
    "Posts": ("/cases/{id}/posts?filters=MESSAGES", "data.0"),
    "Attachments": ("/cases/posts/{mail}?include=attachment", "data.attachments.0"),
    "Thumbnails": ("/cases/posts/{mail}?include=attachment,thumbnail", "data.attachments.0.thumbnails.0"),
    "Email Original": ("/cases/posts/{mail}/email_original", "data"),
}


@dataclass(frozen=True)
class Arranged:
    """Where the house lies, who is there, and what is in it."""

    directory: Path
    cast: Cast
    house: House


@pytest.fixture(scope="module")
def arranged(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Arranged:
    """Arranged once, and copied for each call."""
    directory = tmp_path_factory.mktemp("arranged")
    path = shutil.copy(sqlite_template, directory / "casey.db")
    app = create_app(environment(directory, f"sqlite:///{path}"))
    cast = assemble(app)
    house = arrange(app, Kayako(app.test_client(), cast.olga.email, cast.keys["olga"]), cast)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return Arranged(directory, cast, house)


@pytest.fixture
def database(arranged: Arranged, tmp_path: Path) -> str:
    shutil.copytree(arranged.directory, tmp_path, dirs_exist_ok=True)
    return f"sqlite:///{tmp_path / 'casey.db'}"


@pytest.fixture
def cast(arranged: Arranged) -> Cast:
    return arranged.cast


@pytest.fixture
def olga(app: Flask, cast: Cast) -> Kayako:
    """The API for whoever has full access."""
    return Kayako(app.test_client(), cast.olga.email, cast.keys["olga"])


def filled(kind: Any, key: str, house: House) -> Any:
    """A value of this kind for this key."""
    if isinstance(kind, dict):
        return {name: filled(inner, name, house) for name, inner in kind.items()}
    if isinstance(kind, list):
        return [filled(inner, key, house) for inner in kind]
    if kind.startswith("="):
        return kind[1:]
    value = house.values.get(key, "Some text")
    return str(value) if kind == "str" else value


def usual(call: Json, house: House) -> Json:
    """The least that a call must say."""
    needed = {
        "Add a conversation": ("subject", "contents"),
        "Bulk add cases": ("cases",),
        "Add a reply": ("contents", "channel"),
        "Update a Post": ("post_status",),
    }
    return {name: house.values[name] for name in needed.get(call["name"], ())}


def at(call: Json, house: House) -> str:
    """The address of a call. One about several names them."""
    places = house.places(call)
    path: str = call["path"].format(**places)
    return f"{path}?ids={places['id']},{places['other']}" if call["asks"] == ["ids"] else path


def status_of(call: Json) -> int:
    """With which status the document answers; it is in the example itself."""
    return {"Add a conversation": 201, "Bulk add cases": 202, "Add a reply": 201}.get(call["name"], 200)


def made(olga: Kayako, call: Json, house: House, said: Json) -> Any:
    """The answer to a call."""
    files = {name: said.pop(name) for name in [*said] if name == "attachment"}
    body: Json = {"json": said} if said or call["method"] in {"POST", "PUT"} else {}
    if files:
        form = {name: json.dumps(one) if isinstance(one, dict) else str(one) for name, one in said.items()}
        body = {"data": {**form, "attachment": (io.BytesIO(b"%PDF"), "a.pdf")}, "content_type": "multipart/form-data"}
    return olga.call(call["method"], at(call, house), **body)


@pytest.mark.parametrize("call", CALLS, ids=lambda one: one["name"])
def test_a_call_of_the_document_is_answered_as_documented(olga: Kayako, arranged: Arranged, call: Json) -> None:
    house = arranged.house
    said = filled(call["says"], "", house) if call["says"] else usual(call, house)
    answer = made(olga, call, house, said)
    assert answer.status_code == status_of(call), answer.text
    # Of a case that has just been opened, and of one that was put away at once, less is known than in the example.
    sparse = call["name"] in {"Add a conversation", "Restore a conversations"}
    assert list(lacking(call["answers"], answer.json, sparse=sparse)) == [], answer.text


@pytest.mark.parametrize(
    ("call", "name"), [(call, name) for call in CALLS for name in call["takes"]], ids=lambda one: str(one)[:40]
)
def test_every_parameter_of_the_document_is_taken(olga: Kayako, arranged: Arranged, call: Json, name: str) -> None:
    house = arranged.house
    if call["name"] == "Bulk add cases" and name != "cases":
        said: Json = {"cases": [{**house.values["cases"][0], name: house.values[name]}]}
    else:
        said = {**usual(call, house), name: house.values[name]}
    if call["method"] == "GET":
        answer = olga.get(f"{at(call, house)}?{name}={house.values[name]}")
    else:
        answer = made(olga, call, house, said)
    assert answer.status_code == status_of(call), answer.text


@pytest.mark.parametrize(
    ("call", "name"), [(call, name) for call in CALLS for name in call["asks"]], ids=lambda one: str(one)[:40]
)
def test_every_argument_of_the_document_is_asked_for(olga: Kayako, arranged: Arranged, call: Json, name: str) -> None:
    house = arranged.house
    if call["asks"] == ["ids"]:
        answer = made(olga, call, house, usual(call, house))
    else:
        mates = {"identity_type": "&identity_value=una@customer.test", "identity_value": "&identity_type=EMAIL"}
        asked = f"?{name}={house.values[name]}{mates.get(name, '')}"
        answer = olga.call(call["method"], at(call, house) + asked, json=usual(call, house) or None)
    assert answer.status_code == status_of(call), answer.text


@pytest.mark.parametrize("name", RESOURCES)
def test_every_field_of_the_document_is_shown(olga: Kayako, arranged: Arranged, name: str) -> None:
    path, place = RESOURCES[name]
    found = olga.get(path.format(**arranged.house.places({"name": name}))).json
    for step in place.split("."):
        found = found[int(step)] if step.isdecimal() else found[step]
    assert {*DOCUMENT["resources"][name]} <= found.keys()


@pytest.mark.parametrize("call", CALLS, ids=lambda one: one["name"])
def test_whoever_the_document_names_may_make_a_call(call: Json) -> None:
    rule = call["path"].replace("{id}", "<>")
    [act] = {one.act for one in OPERATIONS if one.method == call["method"] and _plain(one.rule) == rule}
    assert act is not None
    assert NEEDED[act].capitalize() == call["allowed"][0]


def _plain(rule: str) -> str:
    parts = ("<>" if one.startswith("<") else one for one in rule.split("/"))
    return "/".join(parts)

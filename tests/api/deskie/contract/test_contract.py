"""Every example of the vendor's document, asked of Casey: the documented keys of the documented kinds come back.

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
from werkzeug.datastructures import MultiDict

from app import create_app
from app.extensions import db
from tests.api.deskie.client import Deskie
from tests.api.deskie.contract.document import EXAMPLES
from tests.api.deskie.contract.house import House, arrange
from tests.api.deskie.contract.shapes import lacking
from tests.cast import Cast, assemble
from tests.conftest import environment
from tests.files.web import Web

Json = dict[str, Any]

FOUND = json.loads(EXAMPLES.read_text("utf-8"))["examples"]
FILES = "http://files.test"


@dataclass(frozen=True)
class Arranged:
    """Where the house lies, who is there, and what is in it."""

    directory: Path
    cast: Cast
    house: House


@pytest.fixture(scope="module")
def arranged(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Arranged:
    """Arranged once, and copied for each example."""
    directory = tmp_path_factory.mktemp("arranged")
    path = shutil.copy(sqlite_template, directory / "casey.db")
    app = create_app(environment(directory, f"sqlite:///{path}"))
    cast = assemble(app)
    house = arrange(app, Deskie(app.test_client(), cast.olga.email, cast.keys["olga"]), cast)
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
def olga(app: Flask, cast: Cast) -> Deskie:
    """The API for whoever has full access."""
    return Deskie(app.test_client(), cast.olga.email, cast.keys["olga"])


def filled(kind: Any, key: str, house: House) -> Any:
    """A value of this kind for this key."""
    if isinstance(kind, dict):
        return {house.fields.get(name, name): filled(inner, name, house) for name, inner in kind.items()}
    if isinstance(kind, list):
        return [filled(inner, f"{key}.{number}", house) for number, inner in enumerate(kind)]
    if kind.startswith("="):
        return kind[1:]
    if key.startswith("attachment_urls"):
        return f"{FILES}/{key}.pdf"
    value = house.values.get(key, "Some text")
    return str(value) if kind == "str" else value


def named(name: str, house: House) -> str:
    """The name of a field or a parameter, with the number that a field of the operator's has here."""
    for documented, ours in house.fields.items():
        name = name.replace(f"[{documented}]", f"[{ours}]")
    return name


def form_of(form: Json, house: House) -> MultiDict[str, Any]:
    """What is said by a form."""
    found: MultiDict[str, Any] = MultiDict()
    for name, kind in form.items():
        key = name.rpartition("[")[2].rstrip("]")
        value = (io.BytesIO(b"%PDF"), f"{key}.pdf") if kind == "file" else filled(kind, key, house)
        found.add(named(name, house), value)
    return found


def sent(example: Json, house: House) -> Json:
    """The body or the query of an example, as the client takes them."""
    if "asks" in example:
        return {"query_string": MultiDict((named(name, house), _asked(name, value)) for name, value in example["asks"])}
    if "form" in example:
        return {"data": form_of(example["form"], house), "content_type": "multipart/form-data"}
    return {"json": filled(example["says"], "", house)} if "says" in example else {}


def _asked(name: str, value: str) -> str:
    """What is asked for; of a field of the operator's, something that is said in it."""
    return "Some text" if name.startswith("custom_fields[") else value


def documented(answer: Any, house: House) -> Any:
    """The documented answer, with the numbers that fields of the operator's have here."""
    if isinstance(answer, dict):
        return {house.fields.get(name, name): documented(inner, house) for name, inner in answer.items()}
    return [documented(one, house) for one in answer] if isinstance(answer, list) else answer


def place(example: Json, house: House) -> str:
    """The address of an example."""
    path: str = example["path"]
    return path.format(**(house.ideas if "/idea" in path else house.places))


@pytest.mark.parametrize("example", FOUND, ids=lambda one: one["name"])
def test_an_example_of_the_document_is_answered_as_documented(
    olga: Deskie, arranged: Arranged, web: Web, example: Json
) -> None:
    web.answers |= {f"/attachment_urls.{number}.pdf": (200, {}, [b"%PDF"]) for number in range(2)}
    answer = olga.call(example["method"], place(example, arranged.house), **sent(example, arranged.house))
    assert answer.status_code == (201 if example["method"] == "POST" else 200), answer.text
    assert list(lacking(documented(example["answers"] or {}, arranged.house), answer.json)) == [], answer.text


@pytest.mark.parametrize("path", sorted({one["path"] for one in FOUND if "total_count" in (one["answers"] or {})}))
def test_the_lists_of_the_document_have_rows_here(olga: Deskie, arranged: Arranged, path: str) -> None:
    answer = olga.get(path.format(**arranged.house.places)).json
    assert answer["total_count"] > 0
    assert "0" in answer

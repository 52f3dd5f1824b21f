"""A house with a row of each kind that a route of Deskie's speaks of. Tests that take the fixtures here start in it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.extensions import db
from tests.api.deskie.client import Deskie
from tests.cast import Cast, assemble
from tests.conftest import environment


@dataclass(frozen=True)
class Furnished:
    """Where the house lies, who is there, and what stands for ``{...}`` in a call."""

    directory: Path
    cast: Cast
    words: dict[str, str]


@pytest.fixture(scope="module")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """Furnished once, and copied for each test."""
    directory = tmp_path_factory.mktemp("furnished")
    path = shutil.copy(sqlite_template, directory / "casey.db")
    app = create_app(environment(directory, f"sqlite:///{path}"))
    cast = assemble(app)
    olga = Deskie(app.test_client(), cast.olga.email, cast.keys["olga"])
    made = Furnished(directory, cast, furnish(app, olga, cast))
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


def furnish(app: Flask, olga: Deskie, cast: Cast) -> dict[str, str]:
    """What stands for ``{...}`` in a call."""
    words = {"una": cast.una.id, "ben": cast.ben.id, "amy": cast.amy.id}
    case = olga.opened()
    words |= {"case": case["case_id"], "reference": case["case_number"]}
    words["idea"] = olga.opened(channel="idea")["case_id"]
    category = {"ideas_category": {"category_title": "Shop"}}
    words["category"] = olga.post("/ideas_category.json", category).json["ideas_category"]["category_id"]
    made = olga.post("/custom_channels.json", {"custom_channel": {"title": "App"}}).json["custom_channel"]
    words["channel"] = made["channel_id"]
    for word in ("group", "other_group"):
        words[word] = olga.post("/groups.json", {"group": {"group_title": word}}).json["group"]["group_id"]
    words["label"] = olga.post("/labels.json", {"label": {"label_title": "late"}}).json["label"]["label_id"]
    path = f"/cases/{case['case_id']}"
    for kind, rule in (("message", "messages"), ("note", "note")):
        said = {kind: {"content": "Hello"}}
        words[kind] = olga.post(f"{path}/{rule}.json", said).json["message"]["message_id"]
    for word, path, said in (
        ("max", "/users", {"user": {"user_email": "max@customer.test"}}),
        ("company", "/companies", {"company": {"company_name": "Shop"}}),
    ):
        [made] = olga.post(f"{path}.json", said).json.values()
        words[word] = made["company_id" if word == "company" else "user_id"]
    return {word: str(value) for word, value in words.items()}

"""The Dockerfile names only what exists. There is no engine in the tests to build it, so it is read."""

import ast
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.config.deployment import deployment
from tests.deploy.recipes import arguments, image_environment, instructions
from tests.docs.pages import ROOT
from tests.docs.variables import all_variables

PYTHONS_OWN = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}


@pytest.fixture
def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def copied() -> list[str]:
    """What is copied out of the clone, in any stage."""
    copies = [rest.split() for keyword, rest in instructions() if keyword == "COPY"]
    return [source for words in copies if not words[0].startswith("--from") for source in words[:-1]]


def test_everything_it_copies_exists() -> None:
    assert copied()
    assert [source for source in copied() if not (ROOT / source).exists()] == []


def test_everything_it_copies_is_let_in_and_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert lines[1] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == set(copied())


def test_it_copies_everything_that_runs() -> None:
    assert {"app", "migrations", "wsgi.py", "worker.py", "requirements.txt", "pyproject.toml"} <= set(copied())


def test_every_base_is_pinned_to_a_patch_and_new_enough(project: dict[str, Any]) -> None:
    least = tuple(int(part) for part in re.findall(r"\d+", project["requires-python"]))
    bases = [rest.split()[0] for keyword, rest in instructions() if keyword == "FROM"]
    assert len(set(bases)) == 1
    match = re.fullmatch(r"python:(\d+)\.(\d+)\.(\d+)-slim-bookworm", bases[0])
    assert match
    assert tuple(int(part) for part in match.groups()) >= least


def test_every_stage_it_copies_from_is_one_of_its_own() -> None:
    stages = {rest.split(" AS ")[1] for keyword, rest in instructions() if keyword == "FROM" and " AS " in rest}
    used = {found for keyword, rest in instructions() for found in re.findall(r"--from=(\S+)", rest)}
    assert used == stages


def test_it_sets_only_variables_that_are_read() -> None:
    assert set(image_environment()) - PYTHONS_OWN <= all_variables()


def test_it_does_not_run_as_root_and_its_user_owns_the_data() -> None:
    [user] = arguments("USER")
    uid = user.split(":")[0]
    assert uid.isdecimal()
    assert int(uid) > 0
    [made] = [rest for rest in arguments("RUN") if "useradd" in rest]
    assert f"--uid {uid}" in made
    assert re.search(r"--owner=casey .*--mode=0700 /data$", made)
    assert arguments("VOLUME") == ["/data"] == [image_environment()["CASEY_DATA_DIR"]]


def test_the_command_it_starts_is_one_of_ours(project: dict[str, Any]) -> None:
    [entry] = [json.loads(rest) for rest in arguments("ENTRYPOINT")]
    assert entry == ["caseyd"]
    assert entry[0] in project["scripts"]


def test_the_port_is_the_same_everywhere(tmp_path: Path) -> None:
    environment = image_environment()
    assert arguments("EXPOSE") == [environment["PORT"]]
    assert deployment({"CASEY_DATA_DIR": str(tmp_path)}).port == int(environment["PORT"])
    assert environment["HOST"] == "0.0.0.0"


def test_the_health_check_is_python_and_asks_a_page_that_exists(app: Flask) -> None:
    [check] = arguments("HEALTHCHECK")
    words = json.loads(check.partition("CMD ")[2])
    assert words[:2] == ["python", "-c"]
    assert "PORT" in words[2]
    texts = [str(one.value) for one in ast.walk(ast.parse(words[2])) if isinstance(one, ast.Constant)]
    [path] = [text[text.index("/health") :] for text in texts if "/health" in text]
    assert app.test_client().get(path).status_code == 200

"""The compose file names only what exists, agrees with the Dockerfile, and asks for its secrets."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.cli.daemon import caseyd
from app.config.deployment import deployment
from tests.deploy.recipes import OURS, compose, image_environment, interpolated, services
from tests.docs.pages import ROOT
from tests.docs.variables import all_variables

SECRETS = {"CASEY_SECRET_KEY", "POSTGRES_PASSWORD"}
GIVEN = "0123456789abcdef" * 3

ours = pytest.mark.parametrize("service", OURS)


def test_it_has_every_part_once() -> None:
    assert set(services()) == {*OURS, "database", "store"}


@ours
def test_each_part_of_ours_is_started_by_a_command_that_exists(service: str) -> None:
    context = caseyd.make_context("caseyd", list(services()[service]["command"]))
    assert context.params["only"] == (service,)


@ours
def test_it_sets_only_variables_that_are_read(service: str) -> None:
    assert set(services()[service]["environment"]) <= all_variables()


@ours
def test_each_part_of_ours_has_what_they_must_agree_on(service: str, tmp_path: Path) -> None:
    environment = _filled(services()[service]["environment"])
    where = deployment({**image_environment(), **environment, "CASEY_DATA_DIR": str(tmp_path)})
    assert where.secret_key == GIVEN
    assert where.database_url == f"postgresql+psycopg://casey:{GIVEN}@database:5432/casey"
    assert where.redis_url == "redis://store:6379/0"
    assert where.base_url == "http://localhost:8025"
    assert not (tmp_path / "secret.key").exists()


def _filled(environment: Mapping[str, str]) -> dict[str, str]:
    """As the two secrets and nothing else make it."""

    def value(found: re.Match[str]) -> str:
        return GIVEN if found[1] in SECRETS else found[2].removeprefix(":-")

    return {name: re.sub(r"\$\{(\w+)([^}]*)\}", value, str(text)) for name, text in environment.items()}


def test_it_takes_nothing_from_outside_that_nobody_reads() -> None:
    assert set(interpolated()) <= all_variables() | {"POSTGRES_PASSWORD"}


def test_a_secret_that_is_missing_is_named_and_nothing_starts() -> None:
    assert {name for name, rest in interpolated().items() if rest.startswith(":?")} == SECRETS
    text = (ROOT / "compose.yaml").read_text("utf-8")
    assert not re.search(r"\$\{(CASEY_SECRET_KEY|POSTGRES_PASSWORD)(?!:\?)", text)


def test_database_and_store_are_those_that_the_parts_are_told_of() -> None:
    given = services()["database"]["environment"]
    assert (given["POSTGRES_USER"], given["POSTGRES_DB"]) == ("casey", "casey")
    assert "valkey-server" in services()["store"]["command"]


def test_every_image_is_pinned_and_ours_has_our_version() -> None:
    images = {name: service["image"] for name, service in services().items()}
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert {images[name] for name in OURS} == {f"casey:{version}"}
    assert all(re.fullmatch(r"[\w./-]+:\d+\.\d+(\.\d+)?(-\w+)?", image) for image in images.values())


@ours
def test_each_part_of_ours_is_built_from_here_and_gives_up_what_it_does_not_need(service: str) -> None:
    found = services()[service]
    assert (ROOT / found["build"] / "Dockerfile").exists()
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["init"] is True
    assert "user" not in found


def test_only_the_web_server_is_published_and_only_to_this_machine() -> None:
    port = image_environment()["PORT"]
    published = {name: service["ports"] for name, service in services().items() if "ports" in service}
    assert published == {"web": [f"127.0.0.1:{port}:{port}"]}


def test_every_volume_is_declared_and_ours_is_the_data_directory() -> None:
    mounts = {name: dict([mount.split(":") for mount in one["volumes"]]) for name, one in services().items()}
    assert {volume for one in mounts.values() for volume in one} == set(compose()["volumes"])
    assert {tuple(mounts[name].values()) for name in OURS} == {(image_environment()["CASEY_DATA_DIR"],)}


def test_whoever_is_waited_for_as_healthy_can_say_so() -> None:
    asked = {name for name, one in services().items() if "test" in one.get("healthcheck", {})} | {"web"}
    waited = {
        other: how["condition"] for one in services().values() for other, how in one.get("depends_on", {}).items()
    }
    assert waited == {"database": "service_healthy", "store": "service_healthy", "web": "service_healthy"}
    assert set(waited) <= asked
    assert "healthcheck" not in services()["web"], "it has the one of the image"


def test_what_dies_is_started_again() -> None:
    assert {service["restart"] for service in services().values()} == {"unless-stopped"}


def test_a_stop_leaves_a_running_job_its_time() -> None:
    assert {services()[name]["stop_grace_period"] for name in OURS} == {"60s"}

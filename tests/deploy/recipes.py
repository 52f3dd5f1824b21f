"""The Dockerfile and the compose file, read."""

import re
import shlex
from typing import Any

import yaml

from tests.docs.pages import ROOT

OURS = ("web", "worker", "ticker")

Instruction = tuple[str, str]


def instructions() -> list[Instruction]:
    """The Dockerfile, a pair of keyword and the rest for each instruction."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8"), flags=re.M)
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    pairs = [line.strip().partition(" ") for line in lines if line.strip()]
    return [(keyword, rest) for keyword, _, rest in pairs]


def last_stage() -> list[Instruction]:
    """What becomes the image."""
    found = instructions()
    start = max(index for index, (keyword, _) in enumerate(found) if keyword == "FROM")
    return found[start:]


def arguments(keyword: str) -> list[str]:
    """The rests of all instructions of one kind in the last stage."""
    return [rest for one, rest in last_stage() if one == keyword]


def image_environment() -> dict[str, str]:
    """The variables that the image sets."""
    return dict(word.split("=", 1) for rest in arguments("ENV") for word in shlex.split(rest))


def compose() -> dict[str, Any]:
    """The compose file."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return found


def services() -> dict[str, Any]:
    """Its services."""
    found: dict[str, Any] = compose()["services"]
    return found


def interpolated() -> dict[str, str]:
    """The variables that the compose file takes from outside, each with what follows its name."""
    return dict(re.findall(r"\$\{(\w+)([^}]*)\}", (ROOT / "compose.yaml").read_text("utf-8")))

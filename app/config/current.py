"""The settings in force here and now."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app, g

from app.config.deployment import Deployment
from app.config.settings import Settings, build

EXTENSION = "casey.configuration"


@dataclass(frozen=True)
class Configuration:
    """What one process knows: its deployment, its static wire values, and how to ask for the run-time changes.

    ``of_environment`` are the names of those static values that the environment gave.
    """

    deployment: Deployment
    static: Mapping[str, object]
    run_time: Callable[[], Mapping[str, object]]
    of_environment: frozenset[str]


def configuration() -> Configuration:
    """What this process was started with."""
    found: Configuration = current_app.extensions[EXTENSION]
    return found


def deployed() -> Deployment:
    """Where this process lives."""
    return configuration().deployment


def wire_settings() -> dict[str, object]:
    """The wire values that were set anywhere, run-time changes last."""
    known = configuration()
    return {**known.static, **known.run_time()}


def settings() -> Settings:
    """All settings, read once per unit of work (a request, a job), so that a run-time change reaches every process."""
    found: Settings | None = g.get("settings")
    if found is None:
        found = g.settings = _built(json.dumps(wire_settings(), sort_keys=True))
    return found


@lru_cache(maxsize=8)
def _built(wire: str) -> Settings:
    """Checking every value takes its time, and they are mostly those of the unit of work before."""
    return build(json.loads(wire))


def forget_settings() -> None:
    """Read them anew at the next question; called after a change within the same unit of work."""
    g.pop("settings", None)

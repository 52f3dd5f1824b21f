"""Where settings come from: default < file < environment < run time."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from app.config.settings import DECLARED, problems, variable


class BadConfiguration(Exception):
    """The file or the environment holds a setting that cannot be used; the text is for the operator."""


def read_file(path: Path) -> dict[str, object]:
    """The wire values in a configuration file; none when there is no such file."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadConfiguration(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(found, dict):
        raise BadConfiguration(f"{path} must hold one JSON object of settings.")
    return found


def read_environment(environ: Mapping[str, str]) -> dict[str, object]:
    """The wire values in variables such as ``CASEY_MAIL_ADDRESS``. An empty one counts as not set."""
    return {
        name: one.metadata["kind"].read(environ[variable(name)])
        for name, one in DECLARED.items()
        if environ.get(variable(name))
    }


def read_static(path: Path, environ: Mapping[str, str]) -> dict[str, object]:
    """File and environment together, checked. Raises BadConfiguration, naming each setting that is wrong."""
    wire = read_file(path) | read_environment(environ)
    found = problems(wire)
    if found:
        raise BadConfiguration(f"{path} or the environment: " + " ".join(found.values()))
    return wire


def write_file(path: Path, values: Mapping[str, object]) -> None:
    """Put values into a configuration file and keep what else it holds. Atomic, durable, readable by its owner only."""
    content = json.dumps(read_file(path) | dict(values), indent=2, sort_keys=True) + "\n"
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)

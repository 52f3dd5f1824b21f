"""Which environment variables the application reads, found in its source."""

import ast
import re
from collections.abc import Iterator

from app.config.settings import DECLARED, variable
from tests.docs.pages import ROOT

FOR_TESTS_ONLY = {"CASEY_CRASH_AT"}


def process_variables() -> set[str]:
    """Those that are read by name: what a process is told when it starts."""
    sources = [path.read_text("utf-8") for path in (ROOT / "app").rglob("*.py")]
    return {name for source in sources for name in _read_in(ast.parse(source))} - FOR_TESTS_ONLY


def all_variables() -> set[str]:
    """Those and one for each setting."""
    return process_variables() | {variable(setting) for setting in DECLARED}


def _read_in(tree: ast.Module) -> Iterator[str]:
    """The names in ``environ.get("NAME")``, and in calls such as ``count(environ, "NAME")``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and any("environ" in ast.unparse(one) for one in (node.func, *node.args[:1])):
            for one in node.args:
                if isinstance(one, ast.Constant) and re.fullmatch(r"[A-Z][A-Z0-9_]+", str(one.value)):
                    yield str(one.value)

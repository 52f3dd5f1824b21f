"""The names of all events that the code can record, found in its source."""

import ast
from collections.abc import Iterator

from tests.docs.pages import ROOT

RECORDERS = {"record", "_record", "_give"}  # they take the name, or its end, as the second of what they are given
ENDS = {"edited", "deleted", "pinned", "unpinned"}  # of what happens to messages and notes alike
MADE = {  # names that stand nowhere as they are
    *(f"{kind}_{end}" for kind in ("message", "note") for end in ENDS),
    *(f"{fact}_changed" for fact in ("subject", "type", "category", "language")),
    "bulk_finished",
    "bulk_failed",
    "mail_moved",
}


def event_names() -> set[str]:
    """Every name that an event can have."""
    return (set(_written()) - ENDS) | MADE


def _written() -> Iterator[str]:
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in RECORDERS and len(node.args) > 1:
                yield from (one.value for one in _choices(node.args[1]) if isinstance(one.value, str))


def _choices(node: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(node, ast.IfExp):
        yield from (*_choices(node.body), *_choices(node.orelse))
    elif isinstance(node, ast.Constant):
        yield node

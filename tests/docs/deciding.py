"""What the code that decides about mail writes down with it, found in its source: steps, and reasons of outcomes."""

import ast
from collections.abc import Iterator

from app.cases.models import State
from app.errors import Conflict, Forbidden, Invalid
from app.mail.deciding.authority import ADMITTED
from app.mail.deciding.batches import MOST_ATTEMPTS
from app.mail.deciding.decisions import SAID
from app.mail.deciding.orders.obeying import REFUSED
from tests.docs.pages import ROOT

SOURCES = [*(ROOT / "app/mail/deciding").rglob("*.py"), *(ROOT / "app/mail/reading").rglob("*.py")]
NODES = [node for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8")))]
WELCOME = {"token", "vouched", "participant", ADMITTED}  # reasons of verdicts that hold nothing
MADE = {  # reasons that stand nowhere as they are
    "case_closed",
    *(f"case_{state}" for state in State if state is not State.ACTIVE),
    *(error.code for error in (Invalid, Conflict, Forbidden)),
    REFUSED,
}


def steps() -> set[str]:
    """Every step but the rules that are asked in a row."""
    return SAID | {word for call in _calls("note") for word in _texts(call.args[1])}


def conclusions(outcome: str) -> set[str]:
    """The reasons that are given for an outcome, each up to its colon; of a mail that cannot be read, with those."""
    given = [call.args[2] for call in _calls("conclude") if ast.unparse(call.args[1]) == f"Outcome.{outcome}"]
    found = {text.partition(":")[0] for one in given for text in _texts(one)}
    return found | (_unreadable() if outcome == "QUARANTINED" else set())


def _unreadable() -> set[str]:
    return {text.partition(":")[0] for node in NODES for text in _texts(node) if text.startswith("parse_")}


def holding() -> set[str]:
    """The reasons for which mail is held."""
    named = {text for name in ("hold", "park", "NoSender", "Verdict") for call in _calls(name) for text in _said(call)}
    returned = {text for name in ("_obstacle", "_doubt") for text in _returned(name)}
    return (named | returned | MADE) - WELCOME


def _said(call: ast.Call) -> Iterator[str]:
    return (text for one in call.args for text in _texts(one) if text.isidentifier())


def _returned(function: str) -> Iterator[str]:
    for node in NODES:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            for one in ast.walk(node):
                if isinstance(one, ast.Return) and one.value is not None:
                    yield from _texts(one.value)


def _calls(name: str) -> Iterator[ast.Call]:
    return (node for node in NODES if isinstance(node, ast.Call) and ast.unparse(node.func) == name)


def _texts(node: ast.AST) -> Iterator[str]:
    """What an expression can come to, as far as it is written there."""
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        yield ast.unparse(node)[2:-1].replace("{MOST_ATTEMPTS}", str(MOST_ATTEMPTS))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value

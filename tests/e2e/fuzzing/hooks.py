"""What the fuzzer does to its requests: three of four are about things that are there.

Made up ids are refused before anything else is looked at. A key that makes a request safe to repeat is used once, since
one that was used for another request hides whatever else would be found.
"""

import atexit
import json
import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response

from tests.e2e.fuzzing.memory import PART, READY, Thing, learn, remember, things_at

KEY = "Idempotency-Key"
LONG_ENOUGH = 200
# The members of bodies that name things, and where these are.
NAMED = {
    "person": "/persons/{}",
    "requester": "/persons/{}",
    "assignee": "/persons/{}",
    "team": "/teams/{}",
    "organization": "/organizations/{}",
    "case": "/cases/{}",
}
AUTHOR, CUSTOMER = "ben@domain.tld", "some.user@other.tld"
TURNS: Counter[str] = Counter()
ANSWERED: defaultdict[str, Counter[int]] = defaultdict(Counter)


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:
    """Learn from the document where things are; and tell at the end what was answered."""
    learn(raw_schema)
    atexit.register(lambda: Path(os.environ["FUZZING_ANSWERED"]).write_text(json.dumps(ANSWERED)))


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Give a good key a number of its own, wait for nothing, and be about things that are there."""
    TURNS[case.operation.label] += 1
    turn = TURNS[case.operation.label]
    key = (case.headers or {}).get(KEY)
    if isinstance(key, str) and 0 < len(key) < LONG_ENOUGH:
        case.headers[KEY] = f"{key}{TURNS.total()}"
    if str((case.query or {}).get("wait", "")).isdecimal():
        case.query["wait"] = "0"
    if turn % 4:
        known = turn - turn // 4 - 1
        named = _fill_address(case, known)
        _fill_body(case.body, case.path, known, named)


def _one_of(known: list[Thing], turn: int) -> Thing:
    return known[turn % len(known)] if known else ()


def _fill_address(case: Case, turn: int) -> Thing:
    """Says what is left for the body to name."""
    names, thing = PART.findall(case.path), _one_of(things_at(case.path), turn)
    case.path_parameters.update(zip(names, thing, strict=False))
    return thing[len(names) :]


def _fill_body(body: Any, path: str, turn: int, named: Thing) -> None:
    if not isinstance(body, dict):
        return
    wanted = {name: (*named, *_one_of(things_at(address), turn + 1)) for name, address in NAMED.items()}
    wanted |= {"into": _one_of(things_at(path), turn + 1), "code": _one_of(READY["code"], turn)}
    wanted |= {"from": (CUSTOMER if path.endswith("/ratings") else AUTHOR,)}
    wanted |= {"email": (f"somebody.{TURNS.total()}@other.tld",)}
    for name in body.keys() & wanted.keys():
        body[name] = (*wanted[name], body[name])[0]
    for name, known in (("messages", named), ("cases", [case for (case,) in things_at("/cases/{}")])):
        if isinstance(body.get(name), list):
            body[name] = [*known] or body[name]


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Count the answer, and remember what it shows."""
    ANSWERED[case.operation.label][response.status_code] += 1
    if response.status_code < 300 and response.headers.get("content-type") == ["application/json"]:
        found = response.json()
        address = "/jobs" if "act" in found else case.path
        remember(address, tuple(str(case.path_parameters[name]) for name in PART.findall(address)), found)

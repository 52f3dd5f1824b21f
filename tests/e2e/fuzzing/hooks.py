"""What the fuzzer does to every request, whatever the dialect; the hooks of a dialect begin with these.

Three of four are about things that are there, since made up ids are refused before anything else is looked at. A key
that makes a request safe to repeat is used once, since one that was used for another request hides whatever else would
be found.
"""

import atexit
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response

from tests.e2e.fuzzing.memory import PART, Thing, read_ready, things_at

KEY = "Idempotency-Key"
LONG_ENOUGH = 200
# Parameters of a query: where each of many is made up, one is wrong.
MOST = 3
TURNS: Counter[str] = Counter()
ANSWERED: defaultdict[str, Counter[int]] = defaultdict(Counter)


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:
    """Learn what is ready; and tell at the end what was answered."""
    read_ready()
    atexit.register(lambda: Path(os.environ["FUZZING_ANSWERED"]).write_text(json.dumps(ANSWERED)))


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Count the request, and give a good key a number of its own."""
    TURNS[case.operation.label] += 1
    key = (case.headers or {}).get(KEY)
    if isinstance(key, str) and 0 < len(key) < LONG_ENOUGH:
        case.headers[KEY] = f"{key}{TURNS.total()}"


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Count the answer."""
    ANSWERED[case.operation.label][response.status_code] += 1


def turn_of(case: Case) -> int | None:
    """Which of the things that are there a request is to be about; none for every fourth, which stays made up."""
    turn = TURNS[case.operation.label]
    return turn - turn // 4 - 1 if turn % 4 else None


def one_of(known: list[Thing], turn: int) -> Thing:
    """The things in turn; nothing where there is none."""
    return known[turn % len(known)] if known else ()


def fill_address(case: Case, turn: int) -> Thing:
    """Have the address name a thing that is there. Says what is left for the body to name."""
    names, thing = PART.findall(case.path), one_of(things_at(case.path), turn)
    case.path_parameters.update(zip(names, thing, strict=False))
    return thing[len(names) :]


def fill_members(case: Case, wanted: dict[str, Any], turn: int) -> None:
    """Have the members of the query and of the body say what is wanted; the query has a few of them at a time."""
    asked = list((case.query or {}).items())
    case.query = dict(asked[turn % max(len(asked), 1) :][:MOST])
    for members in _said(case):
        _fill(members, wanted)


def _said(case: Case) -> Iterator[dict[str, Any]]:
    """Wherever members stand that name things: in the query, in a body, and in the envelopes that are in it."""
    for members in (case.query, case.body):
        if isinstance(members, dict):
            yield members
            yield from (one for one in members.values() if isinstance(one, dict))


def _fill(members: dict[str, Any], wanted: dict[str, Any]) -> None:
    """In a form, a name is that of the envelope, with that of the member in brackets behind it."""
    for name in members:
        word = name.rpartition("[")[2].removesuffix("]")
        if word in wanted:
            members[name] = wanted[word] if word == name else str(wanted[word])


def shown(response: Response) -> Any:
    """What an answer shows of things that are there; None where it shows none."""
    is_json = response.headers.get("content-type") == ["application/json"]
    return response.json() if is_json and response.status_code < 300 else None

"""What the fuzzer does to requests of Deskie's dialect beside what it does to all."""

from collections.abc import Iterator
from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response

from tests.e2e.fuzzing.deskie.answers import remember
from tests.e2e.fuzzing.deskie.document import narrow
from tests.e2e.fuzzing.deskie.words import wanted
from tests.e2e.fuzzing.hooks import fill_address, one_of, shown, turn_of
from tests.e2e.fuzzing.memory import ALIASES, PART, READY, forget, shape, things_at

ALIASES["/cases/{}/rate/{}"] = "/cases/{}/messages/{}"
# Parameters of a query: where each of many is made up, one is wrong.
MOST = 3
# One of so many removes what is there, since it is gone for all that comes after.
REMOVING = 32


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:
    """Go by what the document cannot say, too."""
    narrow(raw_schema)


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Be about things that are there, but leave alone whose key it is, since all that follows would be refused."""
    turn = turn_of(case)
    if turn is not None and not (case.method == "DELETE" and turn % REMOVING):
        _be_about_what_is_there(case, turn)
    if (case.path_parameters.get("staff"),) in READY["own staff"]:
        case.path_parameters["staff"] = "0"


def _be_about_what_is_there(case: Case, turn: int) -> None:
    fill_address(case, turn)
    if turn % 5 == 4 and case.method != "GET" and case.path_parameters.keys() == {"cases"}:
        case.path_parameters["cases"] += "".join(f",{one}" for one in one_of(things_at("/cases/{}"), turn + 1))
    asked = list((case.query or {}).items())
    case.query = dict(asked[turn % max(len(asked), 1) :][:MOST])
    for members in _said(case):
        _fill(members, wanted(case.path, turn))


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


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Remember what the answer shows, and forget what was removed."""
    found, names = shown(response), PART.findall(case.path)
    if found is None:
        return
    first, *others = [str(case.path_parameters[name]) for name in names] or [""]
    if case.method == "DELETE":
        for one in first.split(","):
            forget(shape(case.path), (one, *others))
    else:
        remember((first, *others), found)

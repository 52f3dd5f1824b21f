"""What the fuzzer does to requests of the native API beside what it does to all."""

from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response

from tests.e2e.fuzzing.casey.answers import learn, remember
from tests.e2e.fuzzing.hooks import TURNS, fill_address, one_of, shown, turn_of
from tests.e2e.fuzzing.memory import ALIASES, PART, READY, Thing, things_at

ALIASES["/public/case/files/{}"] = "/attachments/{}"
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


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:
    """Learn from the document where things are."""
    learn(raw_schema)


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Wait for nothing, and be about things that are there."""
    if str((case.query or {}).get("wait", "")).isdecimal():
        case.query["wait"] = "0"
    turn = turn_of(case)
    if turn is not None:
        named = fill_address(case, turn)
        _fill_body(case.body, case.path, turn, named)


def _fill_body(body: Any, path: str, turn: int, named: Thing) -> None:
    if not isinstance(body, dict):
        return
    wanted = {name: (*named, *one_of(things_at(address), turn + 1)) for name, address in NAMED.items()}
    wanted |= {"into": one_of(things_at(path), turn + 1), "code": one_of(READY["code"], turn)}
    wanted |= {"from": (CUSTOMER if path.endswith("/ratings") else AUTHOR,)}
    wanted |= {"email": (f"somebody.{TURNS.total()}@other.tld",)}
    for name in body.keys() & wanted.keys():
        body[name] = (*wanted[name], body[name])[0]
    for name, known in (("messages", named), ("cases", [case for (case,) in things_at("/cases/{}")])):
        if isinstance(body.get(name), list):
            body[name] = [*known] or body[name]


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Remember what the answer shows."""
    found = shown(response)
    if found is not None:
        address = "/jobs" if "act" in found else case.path
        remember(address, tuple(str(case.path_parameters[name]) for name in PART.findall(address)), found)

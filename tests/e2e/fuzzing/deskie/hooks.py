"""What the fuzzer does to requests of Deskie's dialect beside what it does to all."""

from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response

from tests.e2e.fuzzing.deskie.answers import remember
from tests.e2e.fuzzing.deskie.document import narrow
from tests.e2e.fuzzing.deskie.words import wanted
from tests.e2e.fuzzing.hooks import fill_address, fill_members, one_of, shown, turn_of
from tests.e2e.fuzzing.memory import ALIASES, PART, READY, forget, shape, things_at

ALIASES["/cases/{}/rate/{}"] = "/cases/{}/messages/{}"
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
    fill_members(case, wanted(case.path, turn), turn)


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

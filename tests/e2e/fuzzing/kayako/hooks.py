"""What the fuzzer does to requests of Kayako's dialect beside what it does to all."""

from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response

from app.api.auth import SESSION
from tests.e2e.fuzzing.hooks import TURNS, fill_address, fill_members, shown, turn_of
from tests.e2e.fuzzing.kayako.answers import remember
from tests.e2e.fuzzing.kayako.document import narrow
from tests.e2e.fuzzing.kayako.words import contacts, wanted
from tests.e2e.fuzzing.memory import ALIASES, PART, READY, forget, shape

ALIASES["/messages/{}"] = "/cases/messages/{}"
ALIASES["/cases/trash/{}"] = "/cases/{}"
# One of so many removes what is there, since it is gone for all that comes after.
REMOVING = 8
# As many characters hardly stand in a mail by chance.
UNLIKE_WORDS = 12
# What whoever acts may not lose: himself, and the address by which he signs in.
KEPT = {"/users/{}": "own user", "/users": "own user"}
KEPT |= {f"/identities/emails{rest}": "own identity_email" for rest in ("", "/{}")}


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:
    """Go by what the document cannot say, too."""
    narrow(raw_schema)


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Be about things that are there, but leave alone whose key it is, since all that follows would be refused."""
    if case.headers:
        case.headers.pop(SESSION, None)  # a session that is made up is refused before anything else is looked at
    turn = turn_of(case)
    if turn is not None and not (case.method == "DELETE" and turn % REMOVING):
        fill_address(case, turn)
        fill_members(case, wanted(case.path, turn), turn)
    if case.method == "POST" and case.path.startswith("/identities/") and isinstance(case.body, dict):
        _unlike_words(case.body)
    if case.method != "GET":
        _keep(case, {one[0] for one in READY.get(KEPT.get(shape(case.path), ""), ())})


def _unlike_words(said: dict[str, Any]) -> None:
    """Whoever was called by a word could be read in any mail, which the house would take for a leak."""
    for name in said.keys() & {"screen_name", "user_name", "number"}:
        if isinstance(said[name], str | int | float) and len(str(said[name])) < UNLIKE_WORDS:
            said[name] = contacts(TURNS.total())[name]


def _keep(case: Case, own: set[str]) -> None:
    for members, name in ((case.path_parameters, "user"), (case.path_parameters, "id"), (case.query, "ids")):
        if members and own & {*str(members.get(name, "")).replace(" ", "").strip("[]'").split(",")}:
            members[name] = "0"


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Remember what the answer shows, and forget what was removed."""
    found, names = shown(response), PART.findall(case.path)
    if found is None:
        return
    thing = tuple(str(case.path_parameters[name]) for name in names)
    if case.method == "DELETE" and thing:
        forget(shape(case.path), thing)
    else:
        remember(case.path, thing, found)

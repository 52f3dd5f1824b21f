"""What the fuzzer does to its requests: every other one is about things that are there.

Made up ids are refused before anything else is looked at. A key that makes a request safe to repeat is used once, since
one that was used for another request hides whatever else would be found.
"""

import itertools
from collections import defaultdict, deque
from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response

KEY = "Idempotency-Key"
LONG_ENOUGH = 200
# The members of bodies that name things, and where these things are made.
NAMED = {
    "person": "/persons",
    "requester": "/persons",
    "assignee": "/persons",
    "team": "/teams",
    "organization": "/organizations",
    "case": "/cases",
}
TURNS = itertools.count(1)
KNOWN: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=20))


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Give a good key a number of its own, and every other request ids that are known."""
    turn = next(TURNS)
    key = (case.headers or {}).get(KEY)
    if isinstance(key, str) and 0 < len(key) < LONG_ENOUGH:
        case.headers[KEY] = f"{key}{turn}"
    if turn % 2:
        _fill_address(case, turn)
        _fill_body(case, turn)


def _fill_address(case: Case, turn: int) -> None:
    place = ""
    for part in case.path.split("/")[1:]:
        if part.startswith("{") and KNOWN[place]:
            case.path_parameters[part[1:-1]] = KNOWN[place][turn // 2 % len(KNOWN[place])]
        place += f"/{case.path_parameters[part[1:-1]] if part.startswith('{') else part}"


def _fill_body(case: Case, turn: int) -> None:
    body = case.body
    if not isinstance(body, dict):
        return
    if "from" in body:
        body["from"] = "ben@domain.tld"
    known = {**NAMED, "into": "/" + case.path.split("/")[1]}
    for name in body.keys() & known.keys():
        if KNOWN[known[name]]:
            body[name] = KNOWN[known[name]][turn // 3 % len(KNOWN[known[name]])]
    if isinstance(body.get("cases"), list):
        body["cases"] = list(KNOWN["/cases"]) or body["cases"]


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Remember what was made or is listed, and the parts of it."""
    if response.status_code >= 300 or "json" not in response.headers.get("content-type", [""])[0]:
        return
    found = response.json()
    listed = isinstance(found, dict) and isinstance(found.get("items"), list)
    for one in found["items"] if listed else [found] if response.status_code in {201, 202} else []:
        _remember("/jobs" if response.status_code == 202 else case.formatted_path, one)


def _remember(place: str, thing: Any) -> None:
    if not isinstance(thing, dict) or "uuid" not in thing:
        return
    if thing["uuid"] not in KNOWN[place]:
        KNOWN[place].append(thing["uuid"])
    for name, parts in thing.items():
        for part in parts if isinstance(parts, list) else ():
            _remember(f"{place}/{thing['uuid']}/{name}", part)

"""What the fuzzer knows to be there: what was got ready for it, and what answers have shown.

A thing is known by the values that stand for the placeholders of its address.
"""

import json
import os
import re
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any

Thing = tuple[str, ...]
PART = re.compile(r"\{(\w+)\}")
PARTS = re.compile(r"(/\{\w+\})+")
# By the address of a list: what its things are called by, and whether that is a UUID.
PLACES: dict[str, list[tuple[str, bool]]] = {}
# By their address: the things that answers have shown.
SEEN: defaultdict[str, deque[Thing]] = defaultdict(lambda: deque(maxlen=20))
# By the address of what is to be done with them: the things that were got ready.
READY: dict[str, list[Thing]] = {}
# The same by another address.
ALIASES = {"/public/case/files/{}": "/attachments/{}"}


def shape(address: str) -> str:
    """An address without the names of its placeholders."""
    return PART.sub("{}", address)


def learn(document: dict[str, Any]) -> None:
    """Read in the document where there are things, and in the environment which are ready."""
    for path, operations in document["paths"].items():
        told = {one["name"]: one["schema"] for one in next(iter(operations.values()))["parameters"]}
        for parts in PARTS.finditer(path):
            names = PART.findall(parts[0])
            PLACES[shape(path[: parts.start()])] = [(name, told[name].get("format") == "uuid") for name in names]
    for address, things in json.loads(os.environ["FUZZING_READY"]).items():
        READY[shape(address)] = [tuple(one) for one in things]


def things_at(address: str) -> list[Thing]:
    """The things that are ready for what is done at an address, and those that it may be about or be a part of.

    A thing that is ready may have more values than its address takes: what the body is to name.
    """
    steps = shape(address).split("/")
    places = ("/".join(steps[:end]) for end in range(len(steps), 1, -1))
    seen = next(filter(None, (SEEN[ALIASES.get(place, place)] for place in places)), ())
    return [*READY.get(shape(address), ()), *seen]


def remember(address: str, values: Thing, answer: dict[str, Any]) -> None:
    """Remember the things that an answer shows, and their parts."""
    place = shape(address)
    if answer.get("uuid") in values:  # it is about a thing that the address names
        number = values.index(answer["uuid"])
        place, values = "/{}".join(place.split("/{}")[: number + 1]), values[:number]
    for one in answer["items"] if isinstance(answer.get("items"), list) else [answer]:
        _remember(place, values, one)


def _remember(place: str, whole: Thing, thing: Any) -> None:
    if place not in PLACES:
        place, whole = f"/{place.rpartition('/')[2]}", ()
    own = tuple(_called(thing, name, by_uuid) for name, by_uuid in PLACES.get(place, ()))
    address, values = place + "/{}" * len(own), (*whole, *own)
    if own and all(own) and values not in SEEN[address]:
        SEEN[address].append(values)
    for name, part in _parts(thing):
        _remember(f"{address}/{name}", values, part)


def _called(thing: Any, name: str, by_uuid: bool) -> str:
    if not isinstance(thing, dict):
        return "" if by_uuid else str(thing)
    if by_uuid:
        linked = thing.get("case")
        return str(thing.get("uuid") or (linked["uuid"] if isinstance(linked, dict) else ""))
    return str(thing.get(name) or thing.get("uuid") or "")


def _parts(thing: Any) -> Iterator[tuple[str, Any]]:
    for name, parts in thing.items() if isinstance(thing, dict) else ():
        if isinstance(parts, list):
            yield from ((name, part) for part in parts)

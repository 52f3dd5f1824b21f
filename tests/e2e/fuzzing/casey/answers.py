"""What answers of the native API show: a thing or a list of things, each with its parts, and where these are."""

import re
from collections.abc import Iterator
from typing import Any

from tests.e2e.fuzzing.memory import PART, Thing, see, shape

PARTS = re.compile(r"(/\{\w+\})+")
# By the address of a list: what its things are called by, and whether that is a UUID.
PLACES: dict[str, list[tuple[str, bool]]] = {}


def learn(document: dict[str, Any]) -> None:
    """Read in the document where there are things."""
    for path, operations in document["paths"].items():
        told = {one["name"]: one["schema"] for one in next(iter(operations.values()))["parameters"]}
        for parts in PARTS.finditer(path):
            names = PART.findall(parts[0])
            PLACES[shape(path[: parts.start()])] = [(name, told[name].get("format") == "uuid") for name in names]


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
    if own and all(own):
        see(address, values)
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

"""What the fuzzer knows to be there: what was got ready for it, and what answers have shown.

A thing is known by the values that stand for the placeholders of its address.
"""

import json
import os
import re
from collections import defaultdict, deque

Thing = tuple[str, ...]
PART = re.compile(r"\{(\w+)\}")
# By their address: the things that answers have shown.
SEEN: defaultdict[str, deque[Thing]] = defaultdict(lambda: deque(maxlen=20))
# By the address of what is to be done with them: the things that were got ready.
READY: dict[str, list[Thing]] = {}
# The same by another address.
ALIASES: dict[str, str] = {}


def shape(address: str) -> str:
    """An address without the names of its placeholders, and without the kind of its content."""
    return PART.sub("{}", address.removesuffix(".json"))


def read_ready() -> None:
    """Read in the environment what was got ready."""
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


def see(address: str, thing: Thing) -> None:
    """Remember a thing that an answer shows."""
    if thing not in SEEN[address]:
        SEEN[address].append(thing)


def forget(address: str, thing: Thing) -> None:
    """Forget a thing that was removed, and all that was a part of it."""
    for known in (SEEN, READY):
        for place in known:
            if place.startswith(address):
                for one in [one for one in known[place] if one[: len(thing)] == thing]:
                    known[place].remove(one)

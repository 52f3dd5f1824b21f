"""Long work that is done in steps: each one bounded, and committed together with where the next goes on."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Made:
    """A file that long work has made, for whoever may order the work."""

    file_id: int
    name: str
    content_type: str


@dataclass(frozen=True)
class Step:
    """What a step came to. The next gets a copy of its ``state``; a ``receipt`` ends the work, saying what came of it.

    ``done`` counts what this step did, of the ``total`` there is, as soon as that is known. All of it is plain JSON.
    ``holds`` names contents that later steps need: they are kept until the work ends.
    """

    state: Json
    done: int = 0
    total: int | None = None
    receipt: Json | None = None
    made: Made | None = None
    holds: tuple[int, ...] = ()

"""How far a long proof goes: full numbers in `make campaign`, a cut of each in `make test`."""

import os

FULL = os.environ.get("CASEY_FULL") == "1"


def up_to(cut: int, full: int) -> int:
    """The number for this run."""
    return full if FULL else cut


def databases() -> list[str]:
    """The databases a costly fault test runs on."""
    return ["sqlite", "postgresql"] if FULL else ["sqlite"]

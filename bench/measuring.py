"""Timing a piece of work beside the limit it cannot pass, in turn, so that a noisy machine disturbs both alike."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True)
class Figure:
    """Rates a second, as medians, of the work and of its limit."""

    name: str
    rate: float
    limit_name: str
    limit: float

    @property
    def ratio(self) -> float:
        """How much of what is possible is reached."""
        return self.rate / self.limit

    def __str__(self) -> str:
        return f"{self.name:34} {self.rate:8.0f}/s   {self.ratio:5.2f} of {self.limit_name} ({self.limit:.0f}/s)"


@dataclass(frozen=True)
class Growth:
    """How many times as long something takes among many as among few, and how many times its floor does."""

    few: Figure
    many: Figure

    def __str__(self) -> str:
        ours, bare = self.few.rate / self.many.rate, self.few.limit / self.many.limit
        return f"{self.many.name:34} {ours:8.2f} times as long as the smallest (the floor: {bare:.2f} times)"


def rate(work: Callable[[], int]) -> float:
    """How many pieces a second one call of ``work`` does; it says how many it did."""
    began = time.perf_counter()
    done = work()
    return done / (time.perf_counter() - began)


def compare(
    name: str,
    work: Callable[[], int],
    limit_name: str,
    limit: Callable[[], int],
    prepare: Callable[[], object] = lambda: None,
) -> Figure:
    """Warm both up, then run them in turn. ``prepare`` goes before each run of the work, and is not timed."""
    pairs = []
    for _ in range(1 + ROUNDS):
        prepare()
        pairs.append((rate(work), rate(limit)))
    del pairs[0]
    return Figure(
        name,
        statistics.median(mine for mine, _ in pairs),
        limit_name,
        statistics.median(possible for _, possible in pairs),
    )

"""Whether two things can be told apart by how long they take."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

SURE = 3.3  # standard deviations: by chance one of a thousand measurements lies beyond
WARM = 10


@dataclass(frozen=True)
class Timing:
    """How long one thing took, and another one, each time one after the other: in seconds."""

    name: str
    one: Sequence[float]
    other: Sequence[float]

    @property
    def ratio(self) -> float:
        """How many times as long the one takes, by its median."""
        return statistics.median(self.one) / statistics.median(self.other)

    @property
    def apart(self) -> float:
        """How far their medians lie apart, in what a half of all lie within."""
        first, _, third = statistics.quantiles([*self.one, *self.other], n=4)
        return abs(statistics.median(self.one) - statistics.median(self.other)) / (third - first)

    @property
    def longer(self) -> float:
        """In how many of the pairs the one took longer: a half, if nothing tells them apart."""
        return sum(one > other for one, other in zip(self.one, self.other, strict=True)) / len(self.one)

    @property
    def told(self) -> bool:
        """Whether that is too far from a half to be chance."""
        return abs(self.longer - 0.5) * 2 * sqrt(len(self.one)) > SURE

    def __str__(self) -> str:
        verdict = "CAN BE TOLD APART" if self.told else "cannot be told apart"
        return (
            f"{self.name:34} {self.ratio:8.3f} times as long, {self.apart:.2f} of the spread, "
            f"longer in {self.longer:.0%} of {len(self.one)} pairs: {verdict}"
        )


def tell_apart(
    name: str, one: Callable[[], object], other: Callable[[], object], pairs: int, prepare: Callable[[], object]
) -> Timing:
    """Time both so many times, taking turns in which comes first. ``prepare`` goes before each, and is not timed."""
    took: tuple[list[float], list[float]] = ([], [])
    for pair in range(WARM + pairs):
        for which in (0, 1) if pair % 2 else (1, 0):
            prepare()
            took[which].append(_seconds((one, other)[which]))
    return Timing(name, took[0][WARM:], took[1][WARM:])


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began

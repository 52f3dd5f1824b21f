"""The measurement of who is known runs and prints, and says of what differs that it does."""

import random

import pytest

from bench import known, telling_apart
from bench.telling_apart import Timing


def test_it_prints_whether_known_and_unknown_addresses_can_be_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "PAIRS", 3)
    monkeypatch.setattr(telling_apart, "WARM", 1)
    printed = [str(one) for one in known.figures(None)]
    assert [one.partition("  ")[0] for one in printed] == [
        "a new link, known or unknown",
        "signing in, known or unknown",
    ]
    assert all("of 3 pairs: can" in one for one in printed)


def test_what_takes_a_little_longer_is_told_apart_and_what_only_varies_is_not() -> None:
    some = random.Random(7)
    took = [some.gauss(10, 1) for _ in range(300)]
    other = [some.gauss(10, 1) for _ in range(300)]
    assert not Timing("", took, other).told
    slower = Timing("", [one + 0.5 for one in took], other)
    assert slower.told
    assert str(slower).endswith("CAN BE TOLD APART")

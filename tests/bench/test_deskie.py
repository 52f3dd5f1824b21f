"""The measurement of Deskie's lists runs and prints, among a few cases; how fast anything is, is not asked here."""

import pytest

from bench import deskie, measuring


def test_it_prints_a_line_for_each_page_and_for_each_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "ROUNDS", 1)
    monkeypatch.setattr(deskie, "CALLS", 1)
    monkeypatch.setenv("CASEY_BENCH_LISTED", "120")
    names = [one.name for one in deskie.figures(None)]
    pages = ["page of 100", "page 500 of 100", "status=open"]
    counts = [f"total_count of {which}" for which in ("all", "open ones", "closed ones")]
    assert names == [f"Deskie, {name}" for name in (*pages, *counts)]
